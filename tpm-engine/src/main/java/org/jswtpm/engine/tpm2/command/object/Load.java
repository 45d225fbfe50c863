package org.jswtpm.engine.tpm2.command.object;

import static org.jswtpm.engine.tpm2.structure.TpmRc.SIZE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.TYPE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.object.ObjectLoader;
import org.jswtpm.engine.tpm2.object.ObjectName;
import org.jswtpm.engine.tpm2.object.ObjectParts;
import org.jswtpm.engine.tpm2.object.ProtectedStorage;
import org.jswtpm.engine.tpm2.object.TpmObject;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmLimits;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.tpm2.structure.TpmtPublic;
import org.jswtpm.engine.tpm2.structure.TpmtSensitive;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.TpmException;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM2_Load: loads an object under its parent.
 *
 * <p>Part 3, 12.2. Answers OBJECT_MEMORY without a free slot, SIZE at parameter 1 for an empty private area, TYPE at
 * handle 1 for what is no storage key, INTEGRITY, SIZE, VALUE or INSUFFICIENT at parameter 1 or SENSITIVE for a private
 * area that is not that of the public one, then what is wrong with the areas.
 */
public final class Load implements Command<Load.In, Load.Out> {
    private static final int PARENT_HANDLE = 1;
    private static final int IN_PRIVATE = 1;
    private static final int IN_PUBLIC = 2;

    record In(Handle parentHandle, Bytes inPrivate, TpmtPublic inPublic) {}

    record Out(Handle objectHandle, Bytes name) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(
                handles.get(PARENT_HANDLE),
                in.at(IN_PRIVATE).sized2(TpmLimits.MAX_PRIVATE_SIZE),
                TpmtPublic.unmarshalSized(in.at(IN_PUBLIC), in.algorithms(), false));
    }

    @Override
    public Out execute(In in, TpmState tpm) {
        tpm.objects().checkFree();
        check(!in.inPrivate.isEmpty(), SIZE.parameter(IN_PRIVATE));
        TpmObject parent = tpm.objects().object(in.parentHandle, TYPE.handle(PARENT_HANDLE));
        check(parent.isParent(), TYPE.handle(PARENT_HANDLE));
        Bytes name = ObjectName.of(in.inPublic);
        TpmtSensitive sensitive = unwrap(in.inPrivate, name, parent);
        ObjectParts parts = load(in.inPublic, sensitive, parent);
        return new Out(tpm.objects().add(TpmObject.child(parts, parent, parent.seedCompatLevel())), name);
    }

    private static TpmtSensitive unwrap(Bytes inPrivate, Bytes name, TpmObject parent) {
        try {
            return ProtectedStorage.unwrap(inPrivate, name, parent);
        } catch (TpmException e) {
            throw new TpmRc(e.responseCode()).parameter(IN_PRIVATE).exception();
        }
    }

    private static ObjectParts load(TpmtPublic area, TpmtSensitive sensitive, TpmObject parent) {
        try {
            return new ObjectLoader(IN_PUBLIC, IN_PRIVATE).child(parent, area, sensitive);
        } catch (TpmException e) {
            sensitive.close();
            throw e;
        }
    }

    @Override
    public Handle responseHandle(Out out) {
        return out.objectHandle;
    }

    @Override
    public void marshal(Out out, WireWriter response) {
        response.sized2(out.name);
    }
}
