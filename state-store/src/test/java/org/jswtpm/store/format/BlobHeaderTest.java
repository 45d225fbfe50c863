package org.jswtpm.store.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HexFormat;
import java.util.stream.Stream;
import org.jswtpm.store.StoreError;
import org.jswtpm.store.StoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BlobHeaderTest {
    record Fault(String name, String octets, StoreError error) {}

    static Stream<Fault> faults() {
        return Stream.of(
                new Fault("nothing", "", StoreError.BAD_PARAMETER),
                new Fault("cut off", "0201000a0000000000", StoreError.BAD_PARAMETER),
                new Fault("length too small", "0201000a000000000009", StoreError.BAD_PARAMETER),
                new Fault("length negative as an int", "0201000a0000ffffffff", StoreError.BAD_PARAMETER),
                new Fault("length before oldest reader", "0203000a00000000000b", StoreError.BAD_PARAMETER),
                new Fault("needs a newer reader", "0303000a00000000000a", StoreError.BAD_VERSION),
                new Fault("oldest reader before header size", "0303000b00000000000a", StoreError.BAD_VERSION),
                new Fault("header size", "0201000b00000000000a", StoreError.BAD_DATASIZE),
                new Fault("version 0", "0001000a00000000000a", StoreError.BAD_VERSION),
                new Fault("version 3", "0301000a00000000000a", StoreError.BAD_VERSION),
                new Fault("unknown flag", "0201000a00200000000a", StoreError.BAD_VERSION),
                new Fault("256 bits, not encrypted", "0201000a00080000000a", StoreError.FAIL),
                new Fault("256 bits, not for migration", "0201000a00140000000a", StoreError.FAIL),
                new Fault("migration key, no migration", "0201000a00020000000a", StoreError.FAIL));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void refuses(Fault fault) {
        byte[] octets = HexFormat.of().parseHex(fault.octets);
        StoreException refusal = assertThrows(StoreException.class, () -> BlobHeader.read(octets), fault.name);
        assertEquals(fault.error, refusal.error(), fault.name);
    }

    @Test
    void readsWhatItWrites() throws StoreException {
        byte[] file = new byte[300];
        BlobHeader.write(file, BlobHeader.ENCRYPTED | BlobHeader.KEY_256);
        assertEquals("0201000a00090000012c", HexFormat.of().formatHex(file, 0, BlobHeader.SIZE));
        assertEquals(new BlobHeader(2, 0x09), BlobHeader.read(file));
    }

    @Test
    void readsVersionOne() throws StoreException {
        assertEquals(new BlobHeader(1, 1), BlobHeader.read(HexFormat.of().parseHex("0101000a00010000000a")));
    }
}
