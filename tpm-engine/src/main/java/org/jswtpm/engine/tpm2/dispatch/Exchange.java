package org.jswtpm.engine.tpm2.dispatch;

import java.util.Arrays;
import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.entity.Entity;
import org.jswtpm.engine.tpm2.structure.HashAlg;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/**
 * One command on its way through the pipeline, and its response. Each stage reads what the ones before it have found.
 *
 * <p>The hashes over parameters are made once for each algorithm: several sessions mostly share one.
 */
final class Exchange {
    static final int MAX_SESSIONS = 3;

    private static final int HASH_COUNT = HashAlg.values().length;

    /** The whole command. The first parameter is decrypted in place, so this is never the caller's array. */
    final byte[] request;

    final WireReader in;
    final WireWriter out;

    boolean hasSessions;
    CommandCode code;
    Command<?, ?> command;
    Entity[] entities;

    final SessionUse[] sessions = new SessionUse[MAX_SESSIONS];
    int sessionCount;
    SessionUse decrypting;
    SessionUse encrypting;

    /** Where the parameters begin in {@link #request}; they go to its end. */
    int parameters;

    /** Where the parameters of the response begin in {@link #out}, and where they end. */
    int responseParameters;

    int responseParametersEnd;

    private final byte[][] cpHashes = new byte[HASH_COUNT][];
    private final byte[][] rpHashes = new byte[HASH_COUNT][];

    Exchange(byte[] request, WireWriter out) {
        this.request = request;
        this.in = WireReader.over(request, TpmRc.WIRE_FAULTS);
        this.out = out;
    }

    /** cpHash (Part 1, 16.7): over the command code, the Names of the handles and the parameters. */
    byte[] cpHash(HashAlg hash) {
        byte[] cpHash = cpHashes[hash.ordinal()];
        if (cpHash == null) {
            Hasher hasher = Hasher.of(Digest.of(hash.value())).updateUint32(code.code());
            updateNames(hasher);
            cpHash = hasher.update(request, parameters, request.length - parameters)
                    .digest();
            cpHashes[hash.ordinal()] = cpHash;
        }
        return cpHash;
    }

    /** The hash over the Names of the handles alone. */
    byte[] nameHash(HashAlg hash) {
        Hasher hasher = Hasher.of(Digest.of(hash.value()));
        updateNames(hasher);
        return hasher.digest();
    }

    /** The hash over the command code and the parameters. */
    byte[] parametersHash(HashAlg hash) {
        return Hasher.of(Digest.of(hash.value()))
                .updateUint32(code.code())
                .update(request, parameters, request.length - parameters)
                .digest();
    }

    /** rpHash (Part 1, 16.8): over the response code, the command code and the parameters of the response. */
    byte[] rpHash(HashAlg hash) {
        byte[] rpHash = rpHashes[hash.ordinal()];
        if (rpHash == null) {
            rpHash = Hasher.of(Digest.of(hash.value()))
                    .updateUint32(0)
                    .updateUint32(code.code())
                    .update(out.copy(responseParameters, responseParametersEnd - responseParameters))
                    .digest();
            rpHashes[hash.ordinal()] = rpHash;
        }
        return rpHash;
    }

    /** Wipes what may be secret: passwords, and what was encrypted on its way here. */
    void wipe() {
        Arrays.fill(request, (byte) 0);
        for (int i = 0; i < sessionCount; i++) {
            Arrays.fill(sessions[i].auth, (byte) 0);
        }
    }

    private void updateNames(Hasher hasher) {
        for (Entity entity : entities) {
            hasher.update(entity.name().toArray());
        }
    }
}
