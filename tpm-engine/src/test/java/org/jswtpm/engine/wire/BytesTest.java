package org.jswtpm.engine.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

class BytesTest {
    @Test
    void neverChanges() {
        byte[] source = {1, 2};
        Bytes bytes = Bytes.copyOf(source);
        source[0] = 9;
        bytes.toArray()[1] = 9;
        assertEquals(Bytes.hex("0102"), bytes);
    }

    @Test
    void equalsByContent() {
        assertEquals(Bytes.hex("01 02"), Bytes.copyOf(new byte[] {0, 1, 2, 3}, 1, 2));
        assertEquals(Bytes.hex("0102").hashCode(), Bytes.hex("0102").hashCode());
        assertNotEquals(Bytes.hex("0102"), Bytes.hex("010200"));
    }

    @Test
    void joinsAndSlices() {
        Bytes joined = Bytes.hex("0102").then(Bytes.hex("03"));
        assertEquals(Bytes.hex("010203"), joined);
        assertEquals(Bytes.hex("0203"), joined.slice(1, 2));
        assertEquals(0x03, joined.get(2));
    }

    @Test
    void printsHexadecimalDigits() {
        assertEquals("00ff", Bytes.hex("00ff").toString());
    }
}
