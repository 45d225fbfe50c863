package org.jswtpm.engine.tpm2;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.wire.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The header and the handle area of a command, and what is answered before either is right. */
class DispatcherTest {
    private static final TestCommand ANY = TestCommand.of(CommandCode.GET_RANDOM);

    @ParameterizedTest
    @CsvSource({
        "a tag that is none,            00c10000000a0000017b, 084",
        "a tag of another structure,    80140000000a0000017b, 01e",
        "size above what came,          80010000000b0000017b, 142",
        "size below what came,          80010000000a0000017b00, 142",
        "header cut in the code,        8001000000080000, 09a",
        "header cut in the size,        800100, 09a",
        "only half a tag,               80, 09a",
        "a code below all,              80010000000a00000001, 143",
        "a code in a gap,               80010000000a0000012f, 143",
        "a code above all,              80010000000a20000001, 143",
        "a command not in this profile, 80010000000a00000199, 143",
        "a second Startup,              80010000000c000001440000, 100",
    })
    void answersFaultOfTheHeader(String name, String command, String code) {
        Tpm2Fixture tpm = Tpm2Fixture.started();
        tpm.send(ANY, Bytes.hex(command).toArray()).hasCode(new TpmRc(Integer.parseInt(code, 16)));
    }

    @SameAsSwtpm
    void faultsOfTheHeaderAreAnsweredLikeSwtpm(TpmPair both) {
        for (String command : new String[] {
            "00c10000000a0000017b",
            "80140000000a0000017b",
            "80010000000b0000017b",
            "80010000000a0000017b00",
            "80010000000a0000012f",
            "80010000000a20000001",
            "80010000000c000001440000",
        }) {
            both.send(ANY, Bytes.hex(command).toArray()).isIdentical();
        }
    }

    /** A command that fits the buffer is read on, until its code. */
    @ParameterizedTest
    @CsvSource({"4096, 4096, 4097", "3000, 3000, 3001", "1, 2896, 2897"})
    void refusesACommandAboveTheSizeOfTheBuffer(int requested, int fits, int above) {
        Tpm2Fixture tpm = Tpm2Fixture.started();
        tpm.tpm().setBufferSize(requested);
        tpm.send(ANY, sized(fits)).hasCode(TpmRc.COMMAND_CODE);
        tpm.send(ANY, sized(above)).hasCode(TpmRc.COMMAND_SIZE);
    }

    private static byte[] sized(int size) {
        return Arrays.copyOf(Bytes.hex("8001 %08x 00000001".formatted(size)).toArray(), size);
    }

    @Test
    void answersInitializeBeforeStartup() {
        Tpm2Fixture tpm = Tpm2Fixture.poweredOn();
        tpm.send(TestCommand.of(CommandCode.SHUTDOWN).parameters("0000")).hasCode(TpmRc.INITIALIZE);
    }

    @SameAsSwtpm
    void nothingIsDoneBeforeStartup(TpmPair both) throws Exception {
        Tpm2Fixture ours = Tpm2Fixture.poweredOn();
        try (Swtpm swtpm = Swtpm.poweredOn(both.swtpm().permanentState())) {
            for (GoodCommands.Row row : GoodCommands.rows()) {
                assertEquals(
                        swtpm.send(row.command()).octets(),
                        ours.send(row.command()).octets(),
                        row.toString());
            }
        }
    }

    @Test
    void answersFailureWithoutPower() {
        Tpm2Fixture tpm = Tpm2Fixture.started();
        tpm.tpm().powerOff();
        assertEquals(
                Bytes.hex("8001 0000000a 00000101"),
                tpm.send(ANY.parameters("0010")).octets());
    }
}
