package org.jswtpm.store.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HexFormat;
import org.jswtpm.store.StoreError;
import org.jswtpm.store.StoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ItemsTest {
    private static final int ALLOWED = 1 << Tag.ENCRYPTED_DATA | 1 << Tag.HMAC;
    private static final String TWO_ITEMS = "0003 00000002 aabb 0002 00000000";

    @Test
    void findsItemsInAnyOrder() throws StoreException {
        Items items = Items.read(octets(TWO_ITEMS), 0, ALLOWED);
        assertArrayEquals(octets("aabb"), items.get(Tag.HMAC));
        assertArrayEquals(new byte[0], items.get(Tag.ENCRYPTED_DATA));
        assertFalse(items.has(Tag.DATA_IV));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0003 00000002 aa", // reaches past the end
                "0003 80000000 aabb", // negative as an int
                "0003 fffffffa aabb", // its end is below zero as an int
                "0003 00000001 aa bb", // an octet left over
                "0003 00000000 0003 00000000", // twice
                "0001 00000000", // not of this sequence
                "0000 00000000",
                "0023 00000000", // 3 modulo 32
                "ffff 00000000"
            })
    void refuses(String hex) {
        StoreException refusal = assertThrows(StoreException.class, () -> Items.read(octets(hex), 0, ALLOWED));
        assertEquals(StoreError.FAIL, refusal.error());
    }

    @Test
    void refusesEachTruncationThatIsNoWholeSequence() throws StoreException {
        byte[] whole = octets(TWO_ITEMS);
        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            if (length == 0 || length == 8) { // nothing, or the first item alone
                assertFalse(Items.read(part, 0, ALLOWED).has(Tag.ENCRYPTED_DATA));
            } else {
                assertThrows(StoreException.class, () -> Items.read(part, 0, ALLOWED));
            }
        }
    }

    @Test
    void missingItemIsAnError() throws StoreException {
        Items items = Items.read(new byte[0], 0, ALLOWED);
        assertThrows(StoreException.class, () -> items.get(Tag.HMAC));
    }

    @Test
    void readsWhatItWrites() throws StoreException {
        byte[] file = new byte[10 + 6 + 3];
        assertEquals(19, Items.put(file, 10, Tag.DATA, octets("010203")));
        Items items = Items.read(file, 10, 1 << Tag.DATA);
        assertTrue(items.has(Tag.DATA));
        assertArrayEquals(octets("010203"), items.get(Tag.DATA));
    }

    private static byte[] octets(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }
}
