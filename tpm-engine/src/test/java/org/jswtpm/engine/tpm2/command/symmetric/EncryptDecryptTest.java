package org.jswtpm.engine.tpm2.command.symmetric;

import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.createPrimary;
import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.flush;
import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.loadExternal;

import java.util.stream.Stream;
import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.tpm2.ClientSession;
import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.SameAsSwtpm;
import org.jswtpm.engine.tpm2.TestCommand;
import org.jswtpm.engine.tpm2.Tpm2Fixture;
import org.jswtpm.engine.tpm2.TpmPair;
import org.jswtpm.engine.tpm2.command.object.ObjectRequests;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** TPM2_EncryptDecrypt and TPM2_EncryptDecrypt2. */
class EncryptDecryptTest {
    private static final String NULL = "0010";
    private static final String CMAC = "003f";
    private static final String CBC = "0042";
    private static final String CFB = "0043";
    private static final String ECB = "0044";
    /** Of a key that signs and decrypts; userWithAuth, noDA. */
    private static final String BOTH_WAYS = "00060440";

    private static final String AES_128 = "0006 0080";
    /** The key, the text and the vectors of SP 800-38A, appendix F. */
    private static final String KEY = "2b7e151628aed2a6abf7158809cf4f3c";

    private static final String TEXT = "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51";
    private static final String IV = "000102030405060708090a0b0c0d0e0f";
    private static final String COUNTER = "f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff";

    private final Tpm2Fixture tpm = Tpm2Fixture.started();

    /** TPM2_LoadExternal of a symmetric key. */
    private static TestCommand key(String cipher, String mode, String key, String attributes) {
        String seed = "00".repeat(32);
        byte[] unique = Hasher.digest(Digest.SHA256, Bytes.hex(seed + key).toArray());
        return loadExternal(
                "0025 0000 0020" + seed + "%04x".formatted(key.length() / 2) + key,
                "0025 000b" + attributes + "0000" + cipher + mode + "0020" + Bytes.wrap(unique),
                Handle.NULL);
    }

    private static TestCommand crypt(Handle key, boolean decrypt, String mode, String iv, String data) {
        return TestCommand.of(CommandCode.ENCRYPT_DECRYPT)
                .handle(key)
                .password("")
                .parameters(decrypt ? "01" : "00")
                .parameters(mode)
                .sized(Bytes.hex(iv))
                .sized(Bytes.hex(data));
    }

    private static TestCommand crypt2(Handle key, boolean decrypt, String mode, String iv, String data) {
        return parameters2(
                TestCommand.of(CommandCode.ENCRYPT_DECRYPT2).handle(key).password(""), decrypt, mode, iv, data);
    }

    private static TestCommand parameters2(TestCommand command, boolean decrypt, String mode, String iv, String data) {
        return command.sized(Bytes.hex(data))
                .parameters(decrypt ? "01" : "00")
                .parameters(mode)
                .sized(Bytes.hex(iv));
    }

    /** Mode, vector, ciphertext of {@link #TEXT}, and the vector with which the third block of the document goes on. */
    @ParameterizedTest
    @CsvSource({
        "0040," + COUNTER
                + ",874d6191b620e3261bef6864990db6ce9806f66b7970fdff8617187bb9fffdff,f0f1f2f3f4f5f6f7f8f9fafbfcfdff01",
        "0041," + IV
                + ",3b3fd92eb72dad20333449f8e83cfb4a7789508d16918f03f53c52dac54ed825,d9a4dada0892239f6b8b3d7680e15674",
        "0042," + IV
                + ",7649abac8119b246cee98e9b12e9197d5086cb9b507219ee95db113a917678b2,5086cb9b507219ee95db113a917678b2",
        "0043," + IV
                + ",3b3fd92eb72dad20333449f8e83cfb4ac8a64537a0b3a93fcde3cdad9f1ce58b,c8a64537a0b3a93fcde3cdad9f1ce58b",
        "0044,'',3ad77bb40d7a3660a89ecaf32466ef97f5d3d58503b9699de785895a96fdbaaf,''"
    })
    void givesTheVectorsOfSp80038a(String mode, String iv, String cipherText, String ivOut) {
        Handle free = tpm.send(key(AES_128, NULL, KEY, BOTH_WAYS)).handle();
        Handle bound = tpm.send(key(AES_128, mode, KEY, BOTH_WAYS)).handle();
        String out = "0020" + cipherText + "%04x".formatted(ivOut.length() / 2) + ivOut;
        String back = "0020" + TEXT + "%04x".formatted(ivOut.length() / 2) + ivOut;
        for (String asked : new String[] {mode, NULL}) {
            tpm.send(crypt(bound, false, asked, iv, TEXT)).hasParameters(out);
            tpm.send(crypt2(bound, true, asked, iv, cipherText)).hasParameters(back);
        }
        tpm.send(crypt2(free, false, mode, iv, TEXT)).hasParameters(out);
        tpm.send(crypt(free, true, mode, iv, cipherText)).hasParameters(back);
    }

    record Fault(String name, String template, boolean decrypt, String mode, int iv, int data, TpmRc one, TpmRc two) {
        static Fault of(String name, String template, String mode, int iv, int data, TpmRc answer) {
            return new Fault(name, template, true, mode, iv, data, answer, answer);
        }
    }

    static Stream<Fault> faults() {
        String decryptOnly = "0025 000b 00020472 0000 0006 0080 0010 0000";
        String cbc = "0025 000b 00060472 0000 0006 0080 0042 0000";
        return Stream.of(
                Fault.of("no symmetric key", ObjectRequests.ECC_SIGN, NULL, 3, 3, TpmRc.KEY.handle(1)),
                Fault.of("restricted", ObjectRequests.SYM_STORAGE, CBC, 3, 3, TpmRc.ATTRIBUTES.handle(1)),
                new Fault(
                        "not for encryption",
                        decryptOnly,
                        false,
                        NULL,
                        3,
                        3,
                        TpmRc.ATTRIBUTES.handle(1),
                        TpmRc.ATTRIBUTES.handle(1)),
                new Fault(
                        "no mode at all",
                        decryptOnly,
                        true,
                        NULL,
                        3,
                        3,
                        TpmRc.MODE.parameter(2),
                        TpmRc.MODE.parameter(3)),
                new Fault("another mode", cbc, true, CFB, 3, 3, TpmRc.MODE.parameter(2), TpmRc.MODE.parameter(3)),
                new Fault(
                        "CMAC is no mode here",
                        cbc,
                        true,
                        CMAC,
                        3,
                        3,
                        TpmRc.MODE.parameter(2),
                        TpmRc.MODE.parameter(3)),
                new Fault("short vector", cbc, true, NULL, 15, 3, TpmRc.SIZE.parameter(3), TpmRc.SIZE.parameter(4)),
                new Fault(
                        "vector with ECB",
                        decryptOnly,
                        true,
                        ECB,
                        16,
                        3,
                        TpmRc.SIZE.parameter(3),
                        TpmRc.SIZE.parameter(4)),
                new Fault(
                        "vector above a block",
                        cbc,
                        true,
                        NULL,
                        17,
                        16,
                        TpmRc.SIZE.parameter(3),
                        TpmRc.SIZE.parameter(4)),
                new Fault("no whole block", cbc, true, CBC, 16, 17, TpmRc.SIZE.parameter(4), TpmRc.SIZE.parameter(1)),
                new Fault(
                        "no whole block",
                        decryptOnly,
                        true,
                        ECB,
                        0,
                        15,
                        TpmRc.SIZE.parameter(4),
                        TpmRc.SIZE.parameter(1)),
                new Fault("too much", cbc, true, CBC, 16, 1025, TpmRc.SIZE.parameter(4), TpmRc.SIZE.parameter(1)));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void answersFault(Fault fault) {
        Handle key = tpm.send(createPrimary(Handle.OWNER, fault.template)).handle();
        String iv = "00".repeat(fault.iv);
        String data = "00".repeat(fault.data);
        tpm.send(crypt(key, fault.decrypt, fault.mode, iv, data)).hasCode(fault.one);
        tpm.send(crypt2(key, fault.decrypt, fault.mode, iv, data)).hasCode(fault.two);
    }

    @Test
    void refusesAKeyOfCmacBeforeTheModeThatIsAskedFor() {
        Handle key = tpm.send(key(AES_128, CMAC, KEY, "00040440")).handle();
        tpm.send(crypt(key, false, CFB, IV, TEXT)).hasCode(TpmRc.MODE.handle(1));
        tpm.send(crypt2(key, false, NULL, IV, TEXT)).hasCode(TpmRc.MODE.handle(1));
    }

    @Test
    void dataAreEncryptedOnBothWaysByASession() {
        Handle key =
                tpm.send(createPrimary(Handle.OWNER, ObjectRequests.AES_KEY)).handle();
        Bytes area = tpm.send(ObjectRequests.readPublic(key)).parameters();
        Bytes name = Bytes.hex("000b")
                .then(Bytes.wrap(Hasher.digest(
                        Digest.SHA256,
                        area.slice(2, area.get(0) << 8 | area.get(1)).toArray())));
        ClientSession session = tpm.startSession(0, Digest.SHA256, Handle.NULL, Bytes.EMPTY, 128)
                .attributes(ClientSession.CONTINUE | ClientSession.DECRYPT | ClientSession.ENCRYPT);
        Bytes plain = tpm.send(crypt2(key, false, NULL, IV, TEXT)).parameters();
        TestCommand command =
                TestCommand.of(CommandCode.ENCRYPT_DECRYPT2).handle(key, name).session(session);
        tpm.send(parameters2(command, false, NULL, IV, TEXT)).hasParameters(plain.toString());
    }

    /** Pieces of any size, and the vector of one piece for the next. */
    @SameAsSwtpm
    void chainsLikeSwtpm(TpmPair both) {
        String keys = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
        for (String cipher :
                new String[] {"0006 0080", "0006 0100", "0003 0080", "0003 00c0", "0026 0080", "0026 0100"}) {
            int keySize = Integer.parseInt(cipher.substring(5), 16) / 8;
            int block = cipher.startsWith("0003") ? 8 : 16;
            Handle key = both.send(key(cipher, NULL, keys.substring(0, 2 * keySize), BOTH_WAYS))
                    .isIdentical()
                    .ours()
                    .handle();
            for (String mode : new String[] {"0040", "0041", CBC, CFB, ECB}) {
                for (boolean decrypt : new boolean[] {false, true}) {
                    String iv = mode.equals(ECB) ? "" : "ff".repeat(block - 1) + "fe";
                    for (int size : new int[] {0, block, 3 * block, 5, 2 * block + 3, block, 1024}) {
                        TestCommand command = crypt(key, decrypt, mode, iv, "a5".repeat(size));
                        both.send(crypt2(key, decrypt, mode, iv, "5a".repeat(size)))
                                .isIdentical();
                        TpmPair.Answers answers = both.send(command).isIdentical();
                        if (answers.ours().code().equals(TpmRc.SUCCESS)) {
                            WireReader out = answers.ours().read();
                            out.sized2(1024);
                            iv = out.sized2(16).toString();
                        }
                    }
                }
            }
            both.send(flush(key)).isIdentical();
        }
    }

    @SameAsSwtpm
    void refusesLikeSwtpm(TpmPair both) {
        for (String attributes : new String[] {"00020440", "00040440", "00030440", BOTH_WAYS}) {
            for (String mode : new String[] {CMAC, CFB, NULL}) {
                TpmPair.Answers loaded =
                        both.send(key(AES_128, mode, KEY, attributes)).isIdentical();
                if (!loaded.ours().code().equals(TpmRc.SUCCESS)) {
                    continue;
                }
                Handle key = loaded.ours().handle();
                for (String asked : new String[] {NULL, CBC, CFB, CMAC, "0000"}) {
                    for (String iv : new String[] {"", IV, IV + "00"}) {
                        both.send(crypt(key, true, asked, iv, TEXT.substring(2)))
                                .isIdentical();
                        both.send(crypt2(key, false, asked, iv, TEXT.substring(2)))
                                .isIdentical();
                    }
                }
                both.send(flush(key)).isIdentical();
            }
        }
    }
}
