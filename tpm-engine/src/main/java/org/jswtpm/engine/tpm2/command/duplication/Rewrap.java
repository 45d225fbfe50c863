package org.jswtpm.engine.tpm2.command.duplication;

import static org.jswtpm.engine.tpm2.structure.TpmRc.HANDLE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.VALUE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.object.OuterWrap;
import org.jswtpm.engine.tpm2.object.SharedSecret;
import org.jswtpm.engine.tpm2.object.TpmObject;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmLimits;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.tpm2.structure.TpmtPublic;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.TpmException;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM2_Rewrap: takes the outer protection of a duplicate for one parent off, and puts that for another on.
 *
 * <p>Part 3, 13.2. Answers HANDLE at handle 1 for a seed without an old parent or the other way round, TYPE at handle 1 or 2
 * for what is no asymmetric storage key, VALUE at parameter 3 for a seed that cannot be decrypted, INTEGRITY, SIZE or
 * INSUFFICIENT at parameter 1 for a duplicate that is not under it, KEY for a new parent that is not on its curve, VALUE at
 * parameter 1 if the result would be too long.
 */
public final class Rewrap implements Command<Rewrap.In, Rewrap.Out> {
    private static final int OLD_PARENT = 1;
    private static final int NEW_PARENT = 2;
    private static final int IN_DUPLICATE = 1;
    private static final int NAME = 2;
    private static final int IN_SYM_SEED = 3;

    record In(Handle oldParent, Handle newParent, Bytes inDuplicate, Bytes name, Bytes inSymSeed) {}

    record Out(Bytes outDuplicate, Bytes outSymSeed) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(
                handles.get(OLD_PARENT),
                handles.get(NEW_PARENT),
                in.at(IN_DUPLICATE).sized2(TpmLimits.MAX_PRIVATE_SIZE),
                in.at(NAME).sized2(TpmLimits.MAX_NAME_SIZE),
                in.at(IN_SYM_SEED).sized2(TpmLimits.MAX_ENCRYPTED_SECRET_SIZE));
    }

    @Override
    public Out execute(In in, TpmState tpm) {
        check(in.inSymSeed.isEmpty() == in.oldParent.equals(Handle.NULL), HANDLE.handle(OLD_PARENT));
        byte[] data = in.inSymSeed.isEmpty() ? in.inDuplicate.toArray() : unwrap(in, tpm);
        if (in.newParent.equals(Handle.NULL)) {
            return new Out(Bytes.wrap(data), Bytes.EMPTY);
        }
        TpmtPublic newParent = StorageKey.of(in.newParent, NEW_PARENT, tpm).publicArea();
        SharedSecret shared = SharedSecret.create(newParent, StorageKey.LABEL, tpm.random());
        try (Secret seed = shared.secret()) {
            int integritySize = Short.BYTES + newParent.nameAlg().digestSize();
            check(data.length + integritySize <= TpmLimits.MAX_PRIVATE_SIZE, VALUE.parameter(IN_DUPLICATE));
            return new Out(new OuterWrap(newParent, seed).wrap(in.name, data), shared.encrypted());
        }
    }

    private static byte[] unwrap(In in, TpmState tpm) {
        TpmObject oldParent = StorageKey.of(in.oldParent, OLD_PARENT, tpm);
        try (Secret seed = open(oldParent, in.inSymSeed, tpm)) {
            return unwrap(new OuterWrap(oldParent.publicArea(), seed), in);
        }
    }

    private static byte[] unwrap(OuterWrap outer, In in) {
        try {
            return outer.unwrap(in.name, in.inDuplicate, false);
        } catch (TpmException e) {
            throw new TpmRc(e.responseCode()).parameter(IN_DUPLICATE).exception();
        }
    }

    private static Secret open(TpmObject oldParent, Bytes inSymSeed, TpmState tpm) {
        try {
            return SharedSecret.open(oldParent, Bytes.EMPTY, StorageKey.LABEL, inSymSeed, tpm.helpers());
        } catch (TpmException e) {
            throw VALUE.parameter(IN_SYM_SEED).exception();
        }
    }

    @Override
    public void marshal(Out out, WireWriter response) {
        response.sized2(out.outDuplicate).sized2(out.outSymSeed);
    }
}
