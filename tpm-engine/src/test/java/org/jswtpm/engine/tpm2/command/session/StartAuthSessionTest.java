package org.jswtpm.engine.tpm2.command.session;

import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.loadExternal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.tpm2.Answer;
import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.SameAsSwtpm;
import org.jswtpm.engine.tpm2.TestCommand;
import org.jswtpm.engine.tpm2.Tpm2Fixture;
import org.jswtpm.engine.tpm2.TpmPair;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.wire.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartAuthSessionTest {
    private static final String NONCE = "0010 000102030405060708090a0b0c0d0e0f";
    private static final String NO_SALT = "0000";

    private final Tpm2Fixture tpm = Tpm2Fixture.started();

    private static TestCommand start(String parameters) {
        return start("40000007", "40000007", parameters);
    }

    private static TestCommand start(String tpmKey, String bind, String parameters) {
        return TestCommand.of(CommandCode.START_AUTH_SESSION)
                .handle(handle(tpmKey))
                .handle(handle(bind))
                .parameters(parameters);
    }

    private static Handle handle(String hex) {
        return new Handle(Integer.parseUnsignedInt(hex, 16));
    }

    @ParameterizedTest
    @CsvSource({
        "a nonce of 15 octets,        000f 000102030405060708090a0b0c0d0e 0000 00 0010 000b, 1d5",
        "a nonce above the digest,    0015 000102030405060708090a0b0c0d0e0f1011121314 0000 00 0010 0004, 1d5",
        "a nonce above any digest,    0041, 1d5",
        "a salt without a key,        0010 000102030405060708090a0b0c0d0e0f 0001 aa 00 0010 000b, 2c4",
        "an unknown type,             0010 000102030405060708090a0b0c0d0e0f 0000 02 0010 000b, 3c4",
        "an unknown cipher,           0010 000102030405060708090a0b0c0d0e0f 0000 00 0013 000b, 4d6",
        "a key size that is none,     0010 000102030405060708090a0b0c0d0e0f 0000 00 0006 0081 0043 000b, 4c4",
        "a mode other than CFB,       0010 000102030405060708090a0b0c0d0e0f 0000 00 0006 0080 0042 000b, 4c9",
        "a hash that is none,         0010 000102030405060708090a0b0c0d0e0f 0000 00 0010 0010, 5c3",
        "no hash at all,              0010 000102030405060708090a0b0c0d0e0f 0000 00 0010, 5da",
        "something after the hash,    0010 000102030405060708090a0b0c0d0e0f 0000 00 0010 000b 00, 095",
    })
    void answersFault(String name, String parameters, String code) {
        tpm.send(start(parameters)).hasCode(code(code));
    }

    @ParameterizedTest
    @CsvSource({
        "tpmKey is no object,           4000000b, 40000007, 184",
        "tpmKey is an empty slot,       80000000, 40000007, 910",
        "tpmKey is beyond all slots,    80000003, 40000007, 184",
        "bind is no entity,             40000007, 40000009, 284",
        "bind is an empty slot,         40000007, 80000001, 911",
        "bind is no defined index,      40000007, 01800000, 28b",
        "bind is beyond all PCRs,       40000007, 00000018, 284",
        "bind is a vendor's,            40000007, 40000010, 284",
    })
    void answersFaultOfAHandle(String name, String tpmKey, String bind, String code) {
        tpm.send(start(tpmKey, bind, NONCE + NO_SALT + "00 0010 000b")).hasCode(code(code));
    }

    private static TpmRc code(String hex) {
        return new TpmRc(Integer.parseInt(hex, 16));
    }

    @Test
    void startsSessionsOfAllTypesInTheirHandleRanges() {
        Answer hmac = tpm.send(start(NONCE + NO_SALT + "00 0010 000b"));
        assertEquals(handle("02000000"), hmac.handle());
        assertEquals(
                handle("03000001"),
                tpm.send(start(NONCE + NO_SALT + "01 0010 000b")).handle());
        assertEquals(
                handle("03000002"),
                tpm.send(start(NONCE + NO_SALT + "03 0010 000b")).handle());
        Bytes nonceTpm = hmac.read().sized2(64);
        assertEquals(16, nonceTpm.size());
        assertNotEquals(Bytes.zeros(16), nonceTpm);
    }

    @Test
    void answersSessionMemoryForTheFourth() {
        for (int i = 0; i < 3; i++) {
            tpm.startHmacSession();
        }
        tpm.send(start(NONCE + NO_SALT + "00 0010 000b")).hasCode(TpmRc.SESSION_MEMORY);
    }

    @Test
    void aWrongNonceIsReportedBeforeAMissingKey() {
        tpm.send(start("0001 00 0001 aa 00 0010 000b")).hasCode(TpmRc.SIZE.parameter(1));
    }

    @Test
    void canBeBoundToAHierarchyAndAPcr() {
        tpm.startSession(0, Digest.SHA256, Handle.OWNER, Bytes.EMPTY, 0);
        tpm.startSession(0, Digest.SHA1, new Handle(16), Bytes.EMPTY, 128);
    }

    /** The key and the point of NIST's CAVP, "KAS ECC CDH Primitive Test", P-256, count 0. */
    @SameAsSwtpm
    void takesASaltForAKeyWithoutNameAlgorithmLikeSwtpm(TpmPair both) {
        String area = "0023 0010 00020440 0000 0010 0010 0003 0010"
                + "0020 ead218590119e8876b29146ff89ca61770c4edbbf97d38ce385ed281d8a6b230"
                + "0020 28af61281fd35e2fa7002523acc85a429cb06ee6648325389f59edfce1405141";
        String scalar = "7d7dc5f71eb29ddaf80d6214632eeae03d9058af1fb6d22ed80badb62bc1a534";
        String point = "0044 0020 700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc838833d287"
                + "0020 db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab85fa4ac";
        both.send(loadExternal("0023 0000 0000 0020" + scalar, area, Handle.NULL))
                .isIdentical();
        both.send(start("80000000", "40000007", NONCE + point + "00 0010 000b")).hasSameCode();
        both.send(start("80000000", "40000007", NONCE + "0001 00 00 0010 000b")).isIdentical();
    }

    @SameAsSwtpm
    void answersLikeSwtpm(TpmPair both) {
        String[] parameters = {
            "000f 000102030405060708090a0b0c0d0e 0000 00 0010 000b",
            "0015 000102030405060708090a0b0c0d0e0f1011121314 0000 00 0010 0004",
            "0041",
            NONCE + "0001 aa 00 0010 000b",
            NONCE + NO_SALT + "02 0010 000b",
            NONCE + NO_SALT + "00 0013 000b",
            NONCE + NO_SALT + "00 0006 0081 0043 000b",
            NONCE + NO_SALT + "00 0006 0080 0042 000b",
            NONCE + NO_SALT + "00 000a 0010 000b",
            NONCE + NO_SALT + "00 0010 0010",
            NONCE + NO_SALT + "00 0010",
            NONCE + NO_SALT + "00 0010 000b 00",
        };
        for (String each : parameters) {
            both.send(start(each)).isIdentical();
        }
        String[] handles = {"4000000b", "80000000", "80000003", "81000001", "02000000"};
        for (String each : handles) {
            both.send(start(each, "40000007", NONCE + NO_SALT + "00 0010 000b")).isIdentical();
        }
        String[] binds = {"40000009", "80000001", "01800000", "00000018", "40000010", "40000110", "02000000"};
        for (String each : binds) {
            both.send(start("40000007", each, NONCE + NO_SALT + "00 0010 000b")).isIdentical();
        }
    }
}
