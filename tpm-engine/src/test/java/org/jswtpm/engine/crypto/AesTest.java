package org.jswtpm.engine.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AesTest {
    /** FIPS 197, appendix C. */
    @ParameterizedTest
    @CsvSource({
        "000102030405060708090a0b0c0d0e0f, 69c4e0d86a7b0430d8cdb78070b4c55a",
        "000102030405060708090a0b0c0d0e0f1011121314151617, dda97ca4864cdfe06eaf70a0ec0d7191",
        "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f, 8ea2b7ca516745bfeafc49904b496089"
    })
    void givesTheExamplesOfTheStandard(String key, String ciphertext) {
        byte[] block = HexFormat.of().parseHex("00112233445566778899aabbccddeeff");
        new Aes(HexFormat.of().parseHex(key)).apply(block, 0, block, 0);
        assertArrayEquals(HexFormat.of().parseHex(ciphertext), block);
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 24, 32})
    void givesWhatBouncyCastleGives(int keySize) {
        Random random = new Random(keySize);
        byte[] key = new byte[keySize];
        byte[] blocks = new byte[3 * Aes.BLOCK];
        for (int i = 0; i < 2000; i++) {
            random.nextBytes(key);
            random.nextBytes(blocks);
            byte[] expected = blocks.clone();
            new BouncyCipher(SymmetricAlgorithm.AES, true, key).apply(expected, 16, expected, 32);
            new Aes(key).apply(blocks, 16, blocks, 32);
            assertArrayEquals(expected, blocks);
        }
    }

    @Test
    void refusesKeysOfOtherSizes() {
        assertThrows(IllegalArgumentException.class, () -> new Aes(new byte[20]));
    }
}
