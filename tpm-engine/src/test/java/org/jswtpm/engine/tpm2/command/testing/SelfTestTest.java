package org.jswtpm.engine.tpm2.command.testing;

import static org.jswtpm.engine.tpm2.structure.TpmRc.SIZE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.VALUE;

import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.SameAsSwtpm;
import org.jswtpm.engine.tpm2.TestCommand;
import org.jswtpm.engine.tpm2.Tpm2Fixture;
import org.jswtpm.engine.tpm2.TpmPair;
import org.junit.jupiter.api.Test;

/** TPM2_SelfTest, TPM2_IncrementalSelfTest and TPM2_GetTestResult. */
class SelfTestTest {
    private static final TestCommand WHAT_IS_UNTESTED = incremental("00000000");
    private static final TestCommand GET_TEST_RESULT = TestCommand.of(CommandCode.GET_TEST_RESULT);

    private final Tpm2Fixture tpm = Tpm2Fixture.started();

    private static TestCommand incremental(String list) {
        return TestCommand.of(CommandCode.INCREMENTAL_SELF_TEST).parameters(list);
    }

    private static TestCommand selfTest(String fullTest) {
        return TestCommand.of(CommandCode.SELF_TEST).parameters(fullTest);
    }

    @Test
    void aFullTestLeavesNothingUntested() {
        tpm.send(selfTest("01")).isSuccess();
        tpm.send(WHAT_IS_UNTESTED).hasParameters("00000000");
    }

    @Test
    void namesWhatIsStillUntested() {
        tpm.send(incremental("00000002 000b 0018"))
                .hasParameters("0000000e 0003 0004 0006 000c 000d 0014 0015 0016 0017 0019 001c 0022 0026 0043");
    }

    @Test
    void powerForgetsTheTests() {
        tpm.send(selfTest("00")).isSuccess();
        tpm.powerOn();
        tpm.send(TestCommand.of(CommandCode.STARTUP).parameters("0000")).isSuccess();
        tpm.send(incremental("00000001 0003")).isSuccess().parameters();
        tpm.send(WHAT_IS_UNTESTED)
                .hasParameters("0000000f 0004 0006 000b 000c 000d 0014 0015 0016 0017 0018 0019 001c 0022 0026 0043");
    }

    @Test
    void aWorkingTpmHasNoComplaint() {
        tpm.send(selfTest("01")).isSuccess();
        tpm.send(GET_TEST_RESULT).hasParameters("0000 00000000");
    }

    @Test
    void answersFaults() {
        tpm.send(selfTest("02")).hasCode(VALUE.parameter(1));
        tpm.send(incremental("00000001 0010")).hasCode(VALUE.parameter(1));
        tpm.send(incremental("00000001 0002")).hasCode(VALUE.parameter(1));
        tpm.send(incremental("00000041")).hasCode(SIZE.parameter(1));
    }

    @SameAsSwtpm
    void answersLikeSwtpm(TpmPair both) {
        both.send(WHAT_IS_UNTESTED).isIdentical();
        both.send(incremental("00000002 0004 000b")).isIdentical();
        both.send(incremental("00000001 0010")).isIdentical();
        both.send(selfTest("01")).isIdentical();
        both.send(WHAT_IS_UNTESTED).isIdentical();
        both.send(GET_TEST_RESULT).isIdentical();
    }

    @SameAsSwtpm
    void refusesLikeSwtpm(TpmPair both) {
        for (String fullTest : new String[] {"02", "ff", ""}) {
            both.refuse(selfTest(fullTest));
        }
        for (String list : new String[] {"00000001 0010", "00000001 0002", "00000041", "00000002 000b", ""}) {
            both.refuse(incremental(list));
        }
        both.refuse(GET_TEST_RESULT.parameters("00"));
        for (TestCommand command : new TestCommand[] {selfTest("01"), WHAT_IS_UNTESTED, GET_TEST_RESULT}) {
            both.refuse(command.password(""));
        }
    }
}
