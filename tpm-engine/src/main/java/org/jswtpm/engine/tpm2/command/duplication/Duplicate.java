package org.jswtpm.engine.tpm2.command.duplication;

import static org.jswtpm.engine.tpm2.structure.TpmRc.ATTRIBUTES;
import static org.jswtpm.engine.tpm2.structure.TpmRc.HIERARCHY;
import static org.jswtpm.engine.tpm2.structure.TpmRc.SIZE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.SYMMETRIC;
import static org.jswtpm.engine.tpm2.structure.TpmRc.TYPE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import java.util.Optional;
import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.object.DuplicateArea;
import org.jswtpm.engine.tpm2.object.InnerWrap;
import org.jswtpm.engine.tpm2.object.OuterWrap;
import org.jswtpm.engine.tpm2.object.SharedSecret;
import org.jswtpm.engine.tpm2.object.TpmObject;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmLimits;
import org.jswtpm.engine.tpm2.structure.TpmtPublic;
import org.jswtpm.engine.tpm2.structure.TpmtSymDefObject;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM2_Duplicate: gives an object out for another parent.
 *
 * <p>Part 3, 13.1. Answers ATTRIBUTES at handle 1 for an object with fixedParent, TYPE at handle 1 for one without a Name, TYPE
 * at handle 2 for what is no asymmetric storage key, SYMMETRIC at parameter 2 or HIERARCHY at handle 2 for an object with
 * encryptedDuplication and no inner or no outer protection, SIZE at parameter 1 for a key that is not one of the cipher, and
 * KEY for a new parent that is not on its curve.
 */
public final class Duplicate implements Command<Duplicate.In, Duplicate.Out> {
    private static final int OBJECT_HANDLE = 1;
    private static final int NEW_PARENT_HANDLE = 2;
    private static final int ENCRYPTION_KEY_IN = 1;
    private static final int SYMMETRIC_ALG = 2;

    record In(Handle objectHandle, Handle newParentHandle, Secret encryptionKeyIn, TpmtSymDefObject symmetricAlg) {}

    record Out(Secret encryptionKeyOut, Bytes duplicate, Bytes outSymSeed) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(
                handles.get(OBJECT_HANDLE),
                handles.get(NEW_PARENT_HANDLE),
                in.at(ENCRYPTION_KEY_IN).secret2(TpmLimits.MAX_DATA_SIZE),
                TpmtSymDefObject.unmarshalOrNull(in.at(SYMMETRIC_ALG), in.algorithms()));
    }

    @Override
    public Out execute(In in, TpmState tpm) {
        try (Secret given = in.encryptionKeyIn) {
            TpmObject object = tpm.objects().object(in.objectHandle, TYPE.handle(OBJECT_HANDLE));
            Optional<TpmtPublic> newParent = validate(in, object, tpm);
            boolean isKeyMade = !in.symmetricAlg.isNull() && given.isEmpty();
            try (Secret key =
                    isKeyMade ? Secret.take(tpm.random().generate(in.symmetricAlg.keyBytes())) : given.copy()) {
                Optional<InnerWrap> inner = in.symmetricAlg.isNull()
                        ? Optional.empty()
                        : Optional.of(new InnerWrap(object.nameAlg(), in.symmetricAlg, key));
                Secret keyOut = isKeyMade ? key.copy() : Secret.empty();
                return wrap(object, newParent, inner, keyOut, tpm);
            }
        }
    }

    private static Optional<TpmtPublic> validate(In in, TpmObject object, TpmState tpm) {
        check(!object.publicAttributes().fixedParent(), ATTRIBUTES.handle(OBJECT_HANDLE));
        check(!object.nameAlg().isNull(), TYPE.handle(OBJECT_HANDLE));
        boolean isOut = in.newParentHandle.equals(Handle.NULL);
        Optional<TpmtPublic> newParent = isOut
                ? Optional.empty()
                : Optional.of(StorageKey.of(in.newParentHandle, NEW_PARENT_HANDLE, tpm)
                        .publicArea());
        if (object.publicAttributes().encryptedDuplication()) {
            check(!in.symmetricAlg.isNull(), SYMMETRIC.parameter(SYMMETRIC_ALG));
            check(!isOut, HIERARCHY.handle(NEW_PARENT_HANDLE));
        }
        int size = in.encryptionKeyIn.size();
        check(size == 0 || size == in.symmetricAlg.keyBytes(), SIZE.parameter(ENCRYPTION_KEY_IN));
        return newParent;
    }

    private static Out wrap(
            TpmObject object, Optional<TpmtPublic> newParent, Optional<InnerWrap> inner, Secret keyOut, TpmState tpm) {
        if (newParent.isEmpty()) {
            return new Out(keyOut, DuplicateArea.wrap(object, inner, Optional.empty()), Bytes.EMPTY);
        }
        SharedSecret shared = SharedSecret.create(newParent.get(), StorageKey.LABEL, tpm.random());
        try (Secret seed = shared.secret()) {
            OuterWrap outer = new OuterWrap(newParent.get(), seed);
            return new Out(keyOut, DuplicateArea.wrap(object, inner, Optional.of(outer)), shared.encrypted());
        }
    }

    @Override
    public void marshal(Out out, WireWriter response) {
        response.secret2(out.encryptionKeyOut).sized2(out.duplicate).sized2(out.outSymSeed);
        out.encryptionKeyOut.close();
    }
}
