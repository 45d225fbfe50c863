package org.jswtpm.engine.tpm12.command.storage;

import static org.jswtpm.engine.tpm12.structure.TpmResult.AUTHFAIL;
import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_PARAMETER;

import org.jswtpm.engine.tpm12.KeptState;
import org.jswtpm.engine.tpm12.Ordinal;
import org.jswtpm.engine.tpm12.OwnedTpm;
import org.jswtpm.engine.tpm12.Request;
import org.jswtpm.engine.tpm12.SameAsSwtpm12;
import org.jswtpm.engine.tpm12.Tpm12Client;
import org.jswtpm.engine.tpm12.Tpm12Fixture;
import org.jswtpm.engine.tpm12.structure.ReservedHandle;
import org.jswtpm.engine.wire.Bytes;
import org.junit.jupiter.api.Test;

/** TPM_LoadKey and TPM_LoadKey2 of keys that do not fit together. */
class LoadKeyTest {
    /** RSA of 512 bits, PKCS1 signatures of SHA-1. */
    private static final String KEY =
            OwnedTpm.keyInfo("0010", 0, "00000001 0001 0002 0000000c 00000200 00000002 00000000");

    /** The last octet of the flags. */
    private static final int FLAGS = 9;
    /** In the modulus, which begins at 43. */
    private static final int MODULUS = 60;

    private static Bytes create(Tpm12Client tpm) {
        return OwnedTpm.createKey(tpm, ReservedHandle.SRK, KeptState.SRK, KEY);
    }

    private static Bytes damaged(Bytes key, int at) {
        byte[] octets = key.toArray();
        octets[at] ^= 4;
        return Bytes.wrap(octets);
    }

    private static Request load(Tpm12Client tpm, Ordinal ordinal, Bytes key) {
        return Request.of(ordinal)
                .handle(ReservedHandle.SRK)
                .bytes(key)
                .undigestedResponse(4)
                .auth(tpm.oiap(KeptState.SRK).ending());
    }

    @Test
    void theModulusIsDividedBeforeThePublicPartIsDigested() {
        Tpm12Fixture tpm = KeptState.started();
        Bytes key = create(tpm);
        tpm.send(load(tpm, Ordinal.LOAD_KEY2, damaged(key, MODULUS))).hasCode(BAD_PARAMETER);
        tpm.send(load(tpm, Ordinal.LOAD_KEY2, damaged(key, FLAGS))).hasCode(AUTHFAIL);
    }

    @SameAsSwtpm12
    void answersLikeSwtpm() throws Exception {
        KeptState.compare(tpm -> {
            Bytes key = create(tpm);
            for (Ordinal ordinal : new Ordinal[] {Ordinal.LOAD_KEY, Ordinal.LOAD_KEY2}) {
                for (int at = 4; at < key.size(); at += 7) {
                    tpm.noteCode(load(tpm, ordinal, damaged(key, at)));
                }
            }
        });
    }
}
