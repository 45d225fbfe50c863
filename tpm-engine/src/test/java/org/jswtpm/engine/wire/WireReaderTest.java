package org.jswtpm.engine.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class WireReaderTest {
    private static final int INSUFFICIENT = 0x9A;
    private static final int SIZE = 0x95;
    private static final WireReader.Faults FAULTS = new WireReader.Faults(INSUFFICIENT, SIZE);

    private static WireReader over(String hex) {
        return WireReader.over(Bytes.hex(hex), FAULTS);
    }

    private static void fails(int code, String hex, Consumer<WireReader> read) {
        WireReader in = over(hex);
        assertEquals(
                code, assertThrows(TpmException.class, () -> read.accept(in)).responseCode());
    }

    @Test
    void readsBigEndianIntegersWithoutSign() {
        WireReader in = over("ff 8001 80000002 80000003 8000000000000004");
        assertEquals(0xff, in.uint8());
        assertEquals(0x8001, in.uint16());
        assertEquals(0x8000_0002, in.uint32());
        assertEquals(0x8000_0003L, in.unsigned32());
        assertEquals(0x8000_0000_0000_0004L, in.uint64());
        assertEquals(0, in.remaining());
    }

    @Test
    void answersInsufficientWhereOctetsAreMissing() {
        fails(INSUFFICIENT, "", WireReader::uint8);
        fails(INSUFFICIENT, "00", WireReader::uint16);
        fails(INSUFFICIENT, "000000", WireReader::uint32);
        fails(INSUFFICIENT, "000000", WireReader::unsigned32);
        fails(INSUFFICIENT, "00000000000000", WireReader::uint64);
        fails(INSUFFICIENT, "0003 0102", in -> in.sized2(8));
        fails(INSUFFICIENT, "0102", in -> in.slice(3));
        fails(INSUFFICIENT, "0102", in -> in.skip(3));
        fails(INSUFFICIENT, "01020304", in -> in.peekUint32(1));
    }

    @Test
    void refusesANegativeLength() {
        fails(INSUFFICIENT, "0102", in -> in.bytes(-1));
    }

    @Test
    void answersSizeBeforeItLooksForTheOctets() {
        fails(SIZE, "0009", in -> in.sized2(8));
        fails(SIZE, "ffff", in -> in.secret2(8));
    }

    @Test
    void readsASizedBufferOfTheLargestSize() {
        assertEquals(Bytes.hex("0102"), over("0002 0102 03").sized2(2));
    }

    @Test
    void sliceEndsWhereItWasCut() {
        WireReader in = over("0102 0304");
        WireReader slice = in.slice(2);
        assertEquals(0x0102, slice.uint16());
        assertThrows(TpmException.class, slice::uint8);
        assertEquals(0x0304, in.uint16());
    }

    @Test
    void peekingReadsNothing() {
        WireReader in = over("00 01020304");
        assertEquals(0x0102_0304, in.peekUint32(1));
        assertEquals(0, in.position());
    }
}
