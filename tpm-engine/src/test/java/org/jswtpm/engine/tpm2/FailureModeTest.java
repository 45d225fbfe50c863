package org.jswtpm.engine.tpm2;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.wire.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureModeTest {
    private final Tpm2Fixture tpm = Tpm2Fixture.started();

    private static TestCommand setOwnerAuth() {
        return TestCommand.of(CommandCode.HIERARCHY_CHANGE_AUTH)
                .handle(Handle.OWNER)
                .password("")
                .parameters("0001 aa");
    }

    @Test
    void aCommitThatFailsIsAnsweredAsFailure() {
        tpm.host().setFailing(true);
        tpm.send(setOwnerAuth()).hasCode(TpmRc.FAILURE);
        tpm.host().setFailing(false);
        tpm.send(TestCommand.of(CommandCode.GET_RANDOM).parameters("0001")).hasCode(TpmRc.FAILURE);
    }

    @Test
    void afterAPowerCycleTheStateIsTheOneThatWasCommitted() {
        tpm.host().setFailing(true);
        tpm.send(setOwnerAuth()).hasCode(TpmRc.FAILURE);
        tpm.host().setFailing(false);
        tpm.powerOn();
        tpm.send(TestCommand.of(CommandCode.STARTUP).parameters("0000")).isSuccess();
        tpm.send(setOwnerAuth()).isSuccess();
    }

    @Test
    void tellsWhyItFailed() {
        tpm.tpm().enterFailureMode();
        tpm.send(TestCommand.of(CommandCode.GET_TEST_RESULT)).hasParameters("000c 0000000000000000 00000003 00000101");
    }

    @ParameterizedTest
    @CsvSource({
        "00000006 00000105 00000001, 01 00000006 00000001 00000105 49424d00",
        "00000006 00000000 000000ff, 01 00000006 00000001 00000105 49424d00",
        "00000006 00000106 00000001, 01 00000006 00000001 00000106 53572020",
        "00000006 0000010c 00000001, 00 00000006 00000001 0000010c 00120000",
    })
    void tellsWhoMadeIt(String request, String answer) {
        tpm.tpm().enterFailureMode();
        tpm.send(TestCommand.of(CommandCode.GET_CAPABILITY).parameters(request)).hasParameters(answer);
    }

    @ParameterizedTest
    @CsvSource({
        "80010000000c000001440000",
        "800100000016000001 7a000000050000000000000001",
        "8002 0000000a 0000017c",
        "8001 0000000b 0000017c 00",
        "8001",
    })
    void answersFailureToAllElse(String command) {
        tpm.tpm().enterFailureMode();
        byte[] octets = Bytes.hex(command).toArray();
        assertEquals(
                Bytes.hex("8001 0000000a 00000101"),
                tpm.send(TestCommand.of(CommandCode.STARTUP), octets).octets());
    }
}
