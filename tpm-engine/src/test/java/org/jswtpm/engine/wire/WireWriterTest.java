package org.jswtpm.engine.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class WireWriterTest {
    @Test
    void writesBigEndian() {
        Bytes written = new WireWriter()
                .uint8(0x01)
                .uint16(0x0203)
                .uint32(0x8405_0607)
                .uint64(0x8809_0a0b_0c0d_0e0fL)
                .toBytes();
        assertEquals(Bytes.hex("01 0203 84050607 88090a0b0c0d0e0f"), written);
    }

    @Test
    void writesSizedBuffers() {
        WireWriter out = new WireWriter().sized2(Bytes.hex("aabb")).secret2(Secret.copyOf(new byte[] {1, 2, 3}));
        assertEquals(Bytes.hex("0002 aabb 0003 010203"), out.toBytes());
    }

    @Test
    void patchesNestedSizes() {
        WireWriter out = new WireWriter();
        int outer = out.beginSized4();
        int inner = out.beginSized2();
        out.uint8(7);
        out.endSized2(inner);
        out.endSized4(outer);
        assertEquals(Bytes.hex("00000003 0001 07"), out.toBytes());
    }

    @Test
    void patchesWhatWasWritten() {
        WireWriter out = new WireWriter().uint32(0).uint16(0x0506);
        out.patchUint32(0, 0x0102_0304);
        out.patch(4, new byte[] {9, 9});
        assertEquals(Bytes.hex("01020304 0909"), out.toBytes());
        assertEquals(Bytes.hex("0304"), Bytes.wrap(out.copy(2, 2)));
    }

    @Test
    void growsPastItsInitialSize() {
        byte[] large = new byte[10_000];
        large[9_999] = 1;
        assertEquals(Bytes.copyOf(large), new WireWriter().octets(large).toBytes());
    }

    @Test
    void wipingLeavesNothing() {
        WireWriter out = new WireWriter().uint32(0x0102_0304);
        out.wipe();
        assertEquals(0, out.size());
        assertEquals(Bytes.hex("00000000"), Bytes.wrap(out.uint32(0).copy(0, 4)));
    }

    @Test
    void leavesNoCopyBehindWhenItGrows() {
        WireWriter out = new WireWriter(4);
        byte[] first = out.array();
        out.uint32(0x01020304).uint8(5);
        assertArrayEquals(new byte[4], first);
        assertEquals(Bytes.hex("0102030405"), out.toBytes());
    }
}
