package org.jswtpm.engine.tpm2.command.startup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.SameAsSwtpm;
import org.jswtpm.engine.tpm2.Swtpm;
import org.jswtpm.engine.tpm2.TestCommand;
import org.jswtpm.engine.tpm2.Tpm2Fixture;
import org.jswtpm.engine.tpm2.TpmPair;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartupTest {
    private static final String CLEAR = "0000";
    private static final String STATE = "0001";

    private final Tpm2Fixture tpm = Tpm2Fixture.poweredOn();

    private static TestCommand startup(String type) {
        return TestCommand.of(CommandCode.STARTUP).parameters(type);
    }

    private static TestCommand shutdown(String type) {
        return TestCommand.of(CommandCode.SHUTDOWN).parameters(type);
    }

    /** Expects resetCount and restartCount. */
    private void hasCounts(int resets, int restarts) {
        String counts = tpm.send(TestCommand.of(CommandCode.READ_CLOCK))
                .parameters()
                .slice(16, 8)
                .toString();
        assertEquals("%08x%08x".formatted(resets, restarts), counts);
    }

    @ParameterizedTest
    @CsvSource({"0002, 1c4", "00, 1da", "000000, 095", "0001, 1c4"})
    void answersFault(String parameters, String code) {
        tpm.send(startup(parameters)).hasCode(new TpmRc(Integer.parseInt(code, 16)));
        tpm.send(startup(CLEAR)).isSuccess();
    }

    @Test
    void comesFromLocality0Or3() {
        for (int locality : new int[] {1, 2, 4}) {
            tpm.setLocality(locality);
            tpm.send(startup(CLEAR)).hasCode(TpmRc.LOCALITY);
        }
        tpm.setLocality(3);
        tpm.send(startup(CLEAR)).isSuccess();
    }

    @Test
    void aResumeComesFromTheSameLocality() {
        tpm.setLocality(3);
        tpm.send(startup(CLEAR)).isSuccess();
        tpm.send(shutdown(STATE)).isSuccess();
        tpm.powerOn();
        tpm.setLocality(0);
        tpm.send(startup(STATE)).hasCode(TpmRc.LOCALITY);
        tpm.setLocality(3);
        tpm.send(startup(STATE)).isSuccess();
    }

    @Test
    void countsResetsRestartsAndResumes() {
        tpm.send(startup(CLEAR)).isSuccess();
        hasCounts(1, 0);
        tpm.send(shutdown(STATE)).isSuccess();
        tpm.powerOn();
        tpm.send(startup(STATE)).isSuccess();
        hasCounts(1, 1);
        tpm.send(shutdown(STATE)).isSuccess();
        tpm.powerOn();
        tpm.send(startup(CLEAR)).isSuccess();
        hasCounts(1, 2);
        tpm.send(shutdown(CLEAR)).isSuccess();
        tpm.powerOn();
        tpm.send(startup(STATE)).hasCode(TpmRc.VALUE.parameter(1));
        tpm.send(startup(CLEAR)).isSuccess();
        hasCounts(2, 0);
        tpm.powerOn();
        tpm.send(startup(CLEAR)).isSuccess();
        hasCounts(3, 0);
    }

    @Test
    void aChangeOfWhatShutdownSavedUndoesIt() {
        tpm.send(startup(CLEAR)).isSuccess();
        tpm.send(shutdown(STATE)).isSuccess();
        tpm.send(TestCommand.of(CommandCode.PCR_EXTEND)
                        .handle(new Handle(1))
                        .password("")
                        .parameters("00000001 000b" + "11".repeat(32)))
                .isSuccess();
        tpm.powerOn();
        tpm.send(startup(STATE)).hasCode(TpmRc.VALUE.parameter(1));
    }

    @Test
    void afterPcrAllocateOnlyShutdownClearIsAllowed() {
        tpm.send(startup(CLEAR)).isSuccess();
        tpm.send(TestCommand.of(CommandCode.PCR_ALLOCATE)
                        .handle(Handle.PLATFORM)
                        .password("")
                        .parameters("00000001 000b 03 ffffff"))
                .isSuccess();
        tpm.send(shutdown(STATE)).hasCode(TpmRc.TYPE.parameter(1));
        tpm.send(shutdown(CLEAR)).isSuccess();
    }

    @SameAsSwtpm
    void answersLikeSwtpm(TpmPair both) {
        for (String each : new String[] {"0002", "00", "000000", CLEAR, STATE}) {
            both.send(startup(each)).isIdentical();
            both.send(shutdown(each)).isIdentical();
        }
        both.send(shutdown(STATE).password("")).isIdentical();
        both.send(startup(STATE).password("")).isIdentical();
    }

    @SameAsSwtpm
    void startsOrNotLikeSwtpm(TpmPair both) throws Exception {
        try (Swtpm swtpm = Swtpm.poweredOn(both.swtpm().permanentState())) {
            for (TestCommand command : new TestCommand[] {
                shutdown(CLEAR),
                startup(""),
                startup("00"),
                startup("0002"),
                startup("ffff"),
                startup("000000"),
                startup(CLEAR).password(""),
                startup(CLEAR).handle(Handle.PLATFORM),
                startup(STATE),
                startup(CLEAR),
                startup(CLEAR)
            }) {
                assertEquals(swtpm.send(command).octets(), tpm.send(command).octets());
            }
        }
    }
}
