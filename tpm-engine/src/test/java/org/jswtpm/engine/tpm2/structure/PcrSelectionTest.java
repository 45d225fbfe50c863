package org.jswtpm.engine.tpm2.structure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.TpmException;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PcrSelectionTest {
    private static final String TWO_BANKS = "00000002 0004 03 010080 000b 03 ffffff";

    private static List<PcrSelection> read(Bytes octets) {
        return PcrSelection.unmarshalList(WireReader.over(octets, TpmRc.WIRE_FAULTS), AlgorithmSet.nullProfile());
    }

    @Test
    void readsAndWritesAList() {
        List<PcrSelection> list = read(Bytes.hex(TWO_BANKS));
        assertEquals(HashAlg.SHA1, list.get(0).hash());
        assertTrue(list.get(0).isSelected(0));
        assertTrue(list.get(0).isSelected(23));
        assertEquals(0xFFFFFF, list.get(1).pcrs());
        WireWriter out = new WireWriter();
        PcrSelection.marshalList(list, out);
        assertEquals(Bytes.hex(TWO_BANKS), out.toBytes());
    }

    @Test
    void refusesEveryTruncation() {
        Bytes whole = Bytes.hex(TWO_BANKS);
        for (int size = 0; size < whole.size(); size++) {
            Bytes cut = whole.slice(0, size);
            TpmException fault = assertThrows(TpmException.class, () -> read(cut));
            assertEquals(TpmRc.INSUFFICIENT.value(), fault.responseCode());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "00000005, 0095",
        "00000001 0010 03 000000, 0083",
        "00000001 0012 03 000000, 0083",
        "00000001 000b 02 0000, 0084",
        "00000001 000b 04 00000000, 0084"
    })
    void refusesWithTheCodeOfTheReference(String octets, String code) {
        TpmException fault = assertThrows(TpmException.class, () -> read(Bytes.hex(octets)));
        assertEquals(Integer.parseInt(code, 16), fault.responseCode());
    }
}
