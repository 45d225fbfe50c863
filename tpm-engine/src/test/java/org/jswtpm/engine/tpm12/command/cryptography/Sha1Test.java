package org.jswtpm.engine.tpm12.command.cryptography;

import static org.jswtpm.engine.tpm12.structure.TpmResult.SHA_ERROR;
import static org.jswtpm.engine.tpm12.structure.TpmResult.SHA_THREAD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.jswtpm.engine.tpm12.Ordinal;
import org.jswtpm.engine.tpm12.Request;
import org.jswtpm.engine.tpm12.SameAsSwtpm12;
import org.jswtpm.engine.tpm12.Tpm12Fixture;
import org.jswtpm.engine.tpm12.Tpm12Pair;
import org.jswtpm.engine.wire.Bytes;
import org.junit.jupiter.api.Test;

/** TPM_SHA1Start, TPM_SHA1Update, TPM_SHA1Complete, TPM_SHA1CompleteExtend; TPM_GetRandom. */
class Sha1Test {
    private static final Request START = Request.of(Ordinal.SHA1_START);

    private static Request update(int size) {
        return Request.of(Ordinal.SHA1_UPDATE).sized(Bytes.zeros(size));
    }

    private static Request complete(String octets) {
        return Request.of(Ordinal.SHA1_COMPLETE).sized(Bytes.hex(octets));
    }

    private static Request completeExtend(int pcr, String octets) {
        return Request.of(Ordinal.SHA1_COMPLETE_EXTEND).u32(pcr).sized(Bytes.hex(octets));
    }

    private static Request random(int size) {
        return Request.of(Ordinal.GET_RANDOM).u32(size);
    }

    /** FIPS 180-2, A.1. */
    @Test
    void hashes() {
        Tpm12Fixture tpm = Tpm12Fixture.started();
        tpm.send(START).isSuccess();
        tpm.send(complete("616263")).hasParameters("a9993e364706816aba3e25717850c26c9cd0d89d");
        tpm.send(complete("616263")).hasCode(SHA_THREAD);
        tpm.send(START).isSuccess();
        tpm.send(update(1)).hasCode(SHA_ERROR);
        tpm.send(update(64)).hasCode(SHA_THREAD);
    }

    @Test
    void givesAsManyRandomOctetsAsThereIsRoomFor() {
        Tpm12Fixture tpm = Tpm12Fixture.started();
        assertEquals(4 + 16, tpm.send(random(16)).isSuccess().parameters().size());
        assertNotEquals(tpm.send(random(16)).parameters(), tpm.send(random(16)).parameters());
    }

    @SameAsSwtpm12
    void answersLikeSwtpm(Tpm12Pair both) {
        for (int size : new int[] {0, 64, 65, 128, 63, 4032}) {
            both.send(START).isIdentical();
            both.send(update(size)).isIdentical();
            both.send(update(64)).isIdentical();
            both.send(complete("00".repeat(size % 65))).isIdentical();
            both.send(complete("")).isIdentical();
        }
        both.send(START).isIdentical();
        both.send(complete("00".repeat(65))).isIdentical();
        both.send(complete("")).isIdentical();
        for (int pcr : new int[] {0, 16, 17, 23, 24, -1}) {
            both.send(completeExtend(pcr, "00")).isIdentical();
            both.send(START).isIdentical();
            both.send(update(64)).isIdentical();
            both.send(completeExtend(pcr, "00".repeat(64))).isIdentical();
            both.send(completeExtend(pcr, "00")).isIdentical();
            both.send(START).isIdentical();
            both.send(completeExtend(pcr, "00".repeat(65))).isIdentical();
            both.send(update(64)).isIdentical();
        }
        both.send(START).isIdentical();
        both.send(START).isIdentical();
        both.send(random(4)).hasSameCode();
        both.send(update(64)).isIdentical();
        for (int size : new int[] {0, 1, 20, 4082, 4083, 5000, -1}) {
            Tpm12Pair.Answers answers = both.send(random(size)).hasSameCode();
            assertEquals(
                    answers.swtpm().parameters().size(),
                    answers.ours().parameters().size());
        }
    }
}
