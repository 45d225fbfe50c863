package org.jswtpm.tools.process;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class KernelRandomTest {
    /** More than one call of getrandom(2) gives at once: no part stays as it was. */
    @Test
    void fillsTheWholeArrayWithAndWithoutTheDevice() {
        for (Consumer<byte[]> source : Arrays.<Consumer<byte[]>>asList(
                KernelRandom::fill, KernelRandom::fillWithoutDevice, new KernelRandom()::nextBytes)) {
            byte[] octets = new byte[1000];
            source.accept(octets);
            Set<BigInteger> parts = new HashSet<>();
            for (int start = 0; start < octets.length; start += 20) {
                assertTrue(parts.add(new BigInteger(Arrays.copyOfRange(octets, start, start + 20))));
            }
            assertFalse(parts.contains(BigInteger.ZERO));
        }
    }

    @Test
    void servesTheClassesThatWantASecureRandom() {
        KernelRandom random = new KernelRandom();
        assertNotEquals(random.nextLong(), random.nextLong());
        assertTrue(BigInteger.probablePrime(128, random).bitLength() == 128);
    }
}
