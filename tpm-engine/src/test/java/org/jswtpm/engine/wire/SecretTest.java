package org.jswtpm.engine.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SecretTest {
    private static final byte[] OCTETS = {1, 2, 3};

    @Test
    void copiesWhatItIsMadeFrom() {
        byte[] source = OCTETS.clone();
        Secret secret = Secret.copyOf(source);
        source[0] = 9;
        assertTrue(secret.matches(OCTETS));
    }

    @Test
    void closingWipesTheOctetsThatItTookOver() {
        byte[] taken = OCTETS.clone();
        Secret.take(taken).close();
        assertArrayEquals(new byte[3], taken);
    }

    @Test
    void aCopyOutlivesItsOriginal() {
        Secret original = Secret.copyOf(OCTETS);
        Secret copy = original.copy();
        original.close();
        assertTrue(copy.matches(OCTETS));
    }

    @Test
    void matchesOnlyTheSameOctetsOfTheSameLength() {
        Secret secret = Secret.copyOf(OCTETS);
        assertTrue(secret.matches(Secret.copyOf(OCTETS)));
        assertFalse(secret.matches(new byte[] {1, 2}));
        assertFalse(secret.matches(new byte[] {1, 2, 4}));
    }

    @Test
    void dropsTrailingZerosOnly() {
        assertArrayEquals(
                new byte[] {0, 1},
                Secret.take(new byte[] {0, 1, 0, 0}).withoutTrailingZeros().expose());
        assertTrue(Secret.take(new byte[4]).withoutTrailingZeros().isEmpty());
    }

    @Test
    void printsItsLengthOnly() {
        assertEquals("Secret[3 octets]", Secret.copyOf(OCTETS).toString());
    }
}
