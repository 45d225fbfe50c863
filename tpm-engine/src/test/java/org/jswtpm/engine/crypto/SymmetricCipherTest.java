package org.jswtpm.engine.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SymmetricCipherTest {
    private static final byte[] KEY = hex("2b7e151628aed2a6abf7158809cf4f3c");
    private static final byte[] IV = hex("000102030405060708090a0b0c0d0e0f");
    private static final byte[] TEXT = hex("6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51");

    /** SP 800-38A, F.3.13, F.4.1, F.2.1, F.1.1 and F.5.1: the first two blocks. */
    @Test
    void aesGivesTheExamplesOfSp80038a() {
        assertEncrypts(SymmetricMode.CFB, IV, "3b3fd92eb72dad20333449f8e83cfb4ac8a64537a0b3a93fcde3cdad9f1ce58b");
        assertEncrypts(SymmetricMode.OFB, IV, "3b3fd92eb72dad20333449f8e83cfb4a7789508d16918f03f53c52dac54ed825");
        assertEncrypts(SymmetricMode.CBC, IV, "7649abac8119b246cee98e9b12e9197d5086cb9b507219ee95db113a917678b2");
        assertEncrypts(SymmetricMode.ECB, IV, "3ad77bb40d7a3660a89ecaf32466ef97f5d3d58503b9699de785895a96fdbaaf");
        assertEncrypts(
                SymmetricMode.CTR,
                hex("f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff"),
                "874d6191b620e3261bef6864990db6ce9806f66b7970fdff8617187bb9fffdff");
    }

    /** RFC 3713, appendix A. */
    @Test
    void camelliaGivesTheExamplesOfItsRfc() {
        byte[] text = hex("0123456789abcdeffedcba9876543210");
        byte[] data = text.clone();
        SymmetricCipher.encrypt(SymmetricAlgorithm.CAMELLIA, SymmetricMode.ECB, text, IV, data);
        assertArrayEquals(hex("67673138549669730857065648eabe43"), data);
        data = text.clone();
        byte[] key = hex("0123456789abcdeffedcba987654321000112233445566778899aabbccddeeff");
        SymmetricCipher.encrypt(SymmetricAlgorithm.CAMELLIA, SymmetricMode.ECB, key, IV, data);
        assertArrayEquals(hex("9acc237dff16d76c20ef7c919e3a7509"), data);
    }

    /** The Java platform's own TDES is the other party; CTR is not compared, its counters differ in size. */
    @Test
    void tdesGivesWhatTheJavaPlatformGives() throws Exception {
        byte[] key = hex("0123456789abcdef23456789abcdef01456789abcdef0123");
        byte[] twoKeys = Arrays.copyOf(key, 16);
        byte[] twoKeysSpelled = hex("0123456789abcdef23456789abcdef010123456789abcdef");
        byte[] iv = hex("f0f1f2f3f4f5f6f7");
        for (SymmetricMode mode : SymmetricMode.values()) {
            if (mode == SymmetricMode.CTR) {
                continue;
            }
            assertArrayEquals(platformTdes(mode, key, iv), tdes(mode, key, iv));
            assertArrayEquals(platformTdes(mode, twoKeysSpelled, iv), tdes(mode, twoKeys, iv));
        }
    }

    @ParameterizedTest
    @EnumSource
    void decryptsWhatItEncryptedAndGoesOnFromTheVector(SymmetricMode mode) {
        Random random = new Random(2);
        for (SymmetricAlgorithm algorithm : SymmetricAlgorithm.values()) {
            byte[] key = new byte[16];
            byte[] iv = new byte[algorithm.blockSize()];
            byte[] text = new byte[mode.needsWholeBlocks() ? 64 : 61];
            random.nextBytes(key);
            random.nextBytes(iv);
            random.nextBytes(text);

            byte[] whole = text.clone();
            SymmetricCipher.encrypt(algorithm, mode, key, iv.clone(), whole);
            byte[] first = Arrays.copyOf(text, 32);
            byte[] second = Arrays.copyOfRange(text, 32, text.length);
            byte[] running = iv.clone();
            SymmetricCipher.encrypt(algorithm, mode, key, running, first);
            SymmetricCipher.encrypt(algorithm, mode, key, running, second);
            assertArrayEquals(Arrays.copyOf(whole, 32), first);
            assertArrayEquals(Arrays.copyOfRange(whole, 32, whole.length), second);

            byte[] decryptionVector = iv.clone();
            SymmetricCipher.decrypt(algorithm, mode, key, decryptionVector, whole);
            assertArrayEquals(text, whole);
            assertArrayEquals(running, decryptionVector);
        }
    }

    @Test
    void refusesPartsOfBlocksWhereTheModeNeedsWholeOnes() {
        assertThrows(
                IllegalArgumentException.class,
                () -> SymmetricCipher.encrypt(
                        SymmetricAlgorithm.AES, SymmetricMode.CBC, KEY, IV.clone(), new byte[17]));
    }

    private static void assertEncrypts(SymmetricMode mode, byte[] iv, String expected) {
        byte[] data = TEXT.clone();
        SymmetricCipher.encrypt(SymmetricAlgorithm.AES, mode, KEY, iv.clone(), data);
        assertArrayEquals(hex(expected), data);
        SymmetricCipher.decrypt(SymmetricAlgorithm.AES, mode, KEY, iv.clone(), data);
        assertArrayEquals(TEXT, data);
    }

    private static byte[] tdes(SymmetricMode mode, byte[] key, byte[] iv) {
        byte[] data = TEXT.clone();
        SymmetricCipher.encrypt(SymmetricAlgorithm.TDES, mode, key, iv.clone(), data);
        return data;
    }

    private static byte[] platformTdes(SymmetricMode mode, byte[] key, byte[] iv) throws Exception {
        Cipher cipher = Cipher.getInstance("DESede/" + mode + "/NoPadding");
        SecretKeySpec keySpec = new SecretKeySpec(key, "DESede");
        if (mode == SymmetricMode.ECB) {
            cipher.init(Cipher.ENCRYPT_MODE, keySpec);
        } else {
            cipher.init(Cipher.ENCRYPT_MODE, keySpec, new IvParameterSpec(iv));
        }
        return cipher.doFinal(TEXT);
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}
