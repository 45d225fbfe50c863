package org.jswtpm.engine.tpm2.structure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.TpmException;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NvPublicTest {
    private static final String AREA = "0016 01800001 000b 62040408 0008 a0a1a2a3a4a5a6a7 0008";

    private static NvPublic read(Bytes octets) {
        return NvPublic.unmarshalSized(WireReader.over(octets, TpmRc.WIRE_FAULTS), AlgorithmSet.nullProfile());
    }

    @Test
    void readsAndWrites() {
        NvPublic area = read(Bytes.hex(AREA));
        assertEquals(new Handle(0x0180_0001), area.nvIndex());
        assertEquals(NvType.ORDINARY, area.attributes().type());
        assertTrue(area.attributes().isPlatformCreated());
        assertEquals(8, area.dataSize());
        WireWriter out = new WireWriter();
        area.marshalSized(out);
        assertEquals(Bytes.hex(AREA), out.toBytes());
    }

    @Test
    void refusesEveryTruncation() {
        Bytes whole = Bytes.hex(AREA);
        for (int size = 0; size < whole.size(); size++) {
            Bytes cut = whole.slice(0, size);
            TpmException fault = assertThrows(TpmException.class, () -> read(cut));
            assertEquals(TpmRc.INSUFFICIENT.value(), fault.responseCode());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0000, 0095",
        "000f 01800001 000b 00040004 0000 0008, 0095",
        "000e 81800001 000b 00040004 0000 0008, 0084",
        "000e 01800001 0010 00040004 0000 0008, 0083",
        "000e 01800001 000b 00140004 0000 0008, 00a1",
        "000e 01800001 000b 00040004 0041 0008, 0095",
        "000e 01800001 000b 00040004 0000 0801, 0095"
    })
    void refusesWithTheCodeOfTheReference(String octets, String code) {
        TpmException fault = assertThrows(TpmException.class, () -> read(Bytes.hex(octets)));
        assertEquals(Integer.parseInt(code, 16), fault.responseCode());
    }

    @Test
    void knowsTheKindsOfIndices() {
        assertEquals(NvType.COUNTER, new NvAttributes(0x10).type());
        assertEquals(NvType.BITS, new NvAttributes(0x20).type());
        assertEquals(NvType.EXTEND, new NvAttributes(0x40).type());
        assertEquals(NvType.PIN_FAIL, new NvAttributes(0x80).type());
        assertEquals(NvType.PIN_PASS, new NvAttributes(0x90).type());
        assertNull(new NvAttributes(0x30).type());
    }
}
