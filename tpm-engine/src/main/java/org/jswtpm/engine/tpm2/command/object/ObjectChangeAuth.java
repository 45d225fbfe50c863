package org.jswtpm.engine.tpm2.command.object;

import static org.jswtpm.engine.tpm2.structure.TpmRc.SIZE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.TYPE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.object.AuthValue;
import org.jswtpm.engine.tpm2.object.ObjectName;
import org.jswtpm.engine.tpm2.object.ProtectedStorage;
import org.jswtpm.engine.tpm2.object.TpmObject;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmLimits;
import org.jswtpm.engine.tpm2.structure.TpmtSensitive;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM2_ObjectChangeAuth: gives a private area of a loaded object with another auth value.
 *
 * <p>Part 3, 12.8. Answers TYPE at handle 1 for a sequence object, SIZE at parameter 1 for an auth value longer than a
 * digest of the Name algorithm, TYPE at handle 2 for what is not the parent.
 */
public final class ObjectChangeAuth implements Command<ObjectChangeAuth.In, ObjectChangeAuth.Out> {
    private static final int OBJECT_HANDLE = 1;
    private static final int PARENT_HANDLE = 2;
    private static final int NEW_AUTH = 1;

    record In(Handle objectHandle, Handle parentHandle, Secret newAuth) {}

    record Out(Bytes outPrivate) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(
                handles.get(OBJECT_HANDLE),
                handles.get(PARENT_HANDLE),
                in.at(NEW_AUTH).secret2(TpmLimits.MAX_DIGEST_SIZE));
    }

    @Override
    public Out execute(In in, TpmState tpm) {
        try (Secret given = in.newAuth) {
            TpmObject object = tpm.objects().object(in.objectHandle, TYPE.handle(OBJECT_HANDLE));
            try (Secret newAuth = AuthValue.adjusted(given, object.nameAlg(), SIZE.parameter(NEW_AUTH))) {
                TpmObject parent = tpm.objects().object(in.parentHandle, TYPE.handle(PARENT_HANDLE));
                check(isParent(parent, object), TYPE.handle(PARENT_HANDLE));
                TpmtSensitive old = object.sensitive();
                TpmtSensitive changed = new TpmtSensitive(old.type(), newAuth, old.seedValue(), old.sensitive());
                return new Out(ProtectedStorage.wrap(changed, object.name(), object.nameAlg(), parent, tpm.random()));
            }
        }
    }

    /** The Qualified Name of an object tells who its parent is. */
    private static boolean isParent(TpmObject parent, TpmObject object) {
        return !object.nameAlg().isNull()
                && object.qualifiedName()
                        .equals(ObjectName.qualified(
                                parent.qualifiedNameForChildren(), object.nameAlg(), object.name()));
    }

    @Override
    public void marshal(Out out, WireWriter response) {
        response.sized2(out.outPrivate);
    }
}
