package org.jswtpm.engine.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HashSequenceTest {
    private final byte[] data = new byte[300];

    HashSequenceTest() {
        new Random(1).nextBytes(data);
    }

    @ParameterizedTest
    @EnumSource
    void goesOnFromAStateSavedAfterAnyOctet(Digest algorithm) {
        byte[] expected = Hasher.digest(algorithm, data);
        for (int split = 0; split <= data.length; split++) {
            HashSequence sequence = HashSequence.of(algorithm);
            sequence.update(Arrays.copyOf(data, split));
            HashSequence.State state = sequence.state();
            assertEquals(split, state.byteCount());
            int start = split - split % algorithm.blockSize();
            assertArrayEquals(Arrays.copyOfRange(data, start, split), state.pending());

            HashSequence restored = HashSequence.restore(state);
            restored.update(Arrays.copyOfRange(data, split, data.length));
            assertArrayEquals(expected, restored.digest());
        }
    }

    /** FIPS 180-4, 5.3: the initial hash values. */
    @Test
    void startsWithTheInitialValuesOfTheStandard() {
        assertEquals(0x67452301L, HashSequence.of(Digest.SHA1).state().chain()[0]);
        assertEquals(0xc3d2e1f0L, HashSequence.of(Digest.SHA1).state().chain()[4]);
        assertEquals(0x6a09e667L, HashSequence.of(Digest.SHA256).state().chain()[0]);
        assertEquals(0xcbbb9d5dc1059ed8L, HashSequence.of(Digest.SHA384).state().chain()[0]);
        assertEquals(0x6a09e667f3bcc908L, HashSequence.of(Digest.SHA512).state().chain()[0]);
        assertEquals(0x5be0cd19137e2179L, HashSequence.of(Digest.SHA512).state().chain()[7]);
    }

    /** FIPS 180-2, B.1, B.3 and C.1: the digests of "abc". */
    @Test
    void hashesTheExampleOfTheStandard() {
        byte[] abc = "abc".getBytes();
        assertArrayEquals(hex("a9993e364706816aba3e25717850c26c9cd0d89d"), Hasher.digest(Digest.SHA1, abc));
        assertArrayEquals(
                hex("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
                Hasher.digest(Digest.SHA256, abc));
    }

    @Test
    void refusesAStateWhoseCountsDisagree() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new HashSequence.State(Digest.SHA1, new long[5], 65, new byte[2]));
        assertThrows(
                IllegalArgumentException.class,
                () -> new HashSequence.State(Digest.SHA256, new long[5], 0, new byte[0]));
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}
