package org.jswtpm.engine.tpm12.command.startup;

import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_PARAMETER;
import static org.jswtpm.engine.tpm12.structure.TpmResult.DEACTIVATED;
import static org.jswtpm.engine.tpm12.structure.TpmResult.FAILEDSELFTEST;
import static org.jswtpm.engine.tpm12.structure.TpmResult.INVALID_POSTINIT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.jswtpm.engine.StateKind;
import org.jswtpm.engine.tpm12.KeptState;
import org.jswtpm.engine.tpm12.Ordinal;
import org.jswtpm.engine.tpm12.Request;
import org.jswtpm.engine.tpm12.SameAsSwtpm12;
import org.jswtpm.engine.tpm12.Swtpm12;
import org.jswtpm.engine.tpm12.Tpm12Client;
import org.jswtpm.engine.tpm12.Tpm12Fixture;
import org.jswtpm.engine.wire.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** TPM_Startup and TPM_SaveState. */
class StartupTest {
    private static final Request SAVE = Request.of(Ordinal.SAVE_STATE);
    private static final Request RANDOM = Request.of(Ordinal.GET_RANDOM).u32(4);
    private static final Request READ = Request.of(Ordinal.PCR_READ).u32(10);
    private static final Request EXTEND = Request.of(Ordinal.EXTEND).u32(10).bytes(Bytes.zeros(20));

    /** What takes the power from a TPM and gives it back. */
    private interface Power {
        void cycle() throws Exception;
    }

    private static Request startup(int type) {
        return Request.of(Ordinal.STARTUP).u16(type);
    }

    @Test
    void resumesOnceWhatWasSaved() {
        Tpm12Fixture tpm = Tpm12Fixture.started();
        Bytes value = tpm.send(EXTEND).isSuccess().parameters();
        tpm.send(SAVE).isSuccess();
        tpm.powerOn();
        tpm.send(RANDOM).hasCode(INVALID_POSTINIT);
        tpm.send(startup(2)).isSuccess();
        tpm.send(READ).hasParameters(value.toString());
        tpm.send(startup(2)).hasCode(INVALID_POSTINIT);
        tpm.powerOn();
        tpm.send(startup(2)).hasCode(FAILEDSELFTEST);
        tpm.send(RANDOM).hasCode(FAILEDSELFTEST);
    }

    /** A saved state is looked at by TPM_Startup(ST_STATE) alone; failure mode lasts until the power goes. */
    @Test
    void aSavedStateThatCannotBeUsedIsFailureModeOnce() {
        Tpm12Fixture tpm = Tpm12Fixture.started();
        tpm.send(SAVE).isSuccess();
        tpm.host().put(StateKind.SAVE_STATE, new byte[] {1, 2, 3});
        tpm.powerOn();
        tpm.send(startup(2)).hasCode(FAILEDSELFTEST);
        tpm.send(RANDOM).hasCode(FAILEDSELFTEST);
        assertTrue(tpm.host().load(StateKind.SAVE_STATE).isEmpty());
        tpm.powerOn();
        tpm.send(startup(1)).isSuccess();
        tpm.send(RANDOM).isSuccess();
    }

    @Test
    void aBadSavedStateDoesNotHinderAnotherStartup() {
        Tpm12Fixture tpm = Tpm12Fixture.started();
        tpm.host().put(StateKind.SAVE_STATE, new byte[100]);
        tpm.powerOn();
        tpm.send(startup(1)).isSuccess();
        tpm.send(RANDOM).isSuccess();
        assertTrue(tpm.host().load(StateKind.SAVE_STATE).isEmpty());
    }

    /** One that comes too late, with a type that does not exist, or with more than a type. */
    @ParameterizedTest
    @CsvSource({"late, 38", "unknown, 3", "long, 25"})
    void aStartupThatFailsMakesTheSavedStateVoid(String fault, int code) {
        Tpm12Fixture tpm = Tpm12Fixture.started();
        tpm.send(SAVE).isSuccess();
        if (!fault.equals("late")) {
            tpm.powerOn();
        }
        Request startup = startup(fault.equals("unknown") ? 4 : 1);
        assertEquals(
                code, tpm.send(fault.equals("long") ? startup.u16(0) : startup).code());
        assertTrue(tpm.host().load(StateKind.SAVE_STATE).isEmpty());
        tpm.powerOn();
        tpm.send(startup(2)).hasCode(FAILEDSELFTEST);
    }

    @Test
    void startsDeactivatedIfAskedFor() {
        Tpm12Fixture tpm = Tpm12Fixture.poweredOn();
        tpm.send(startup(4)).hasCode(BAD_PARAMETER);
        tpm.powerOn();
        tpm.send(startup(3)).isSuccess();
        tpm.send(RANDOM).hasCode(DEACTIVATED);
        tpm.send(READ).hasCode(DEACTIVATED);
        tpm.send(EXTEND).hasParameters("00".repeat(20));
    }

    private static void play(Tpm12Client tpm, Power power, List<String> answers) throws Exception {
        int[] types = {2, 3, 2, 0, 2};
        for (int i = 0; i <= types.length; i++) {
            note(tpm, EXTEND, answers);
            note(tpm, SAVE, answers);
            if (i == 2) {
                note(tpm, READ, answers); // the saved state is void
            }
            if (i == types.length - 1) {
                note(tpm, startup(1), answers); // comes too late, and makes it void, too
            }
            if (i == types.length) {
                return;
            }
            power.cycle();
            note(tpm, READ, answers);
            note(tpm, SAVE, answers);
            note(tpm, startup(types[i]), answers);
            note(tpm, READ, answers);
            note(tpm, startup(1), answers);
        }
    }

    private static void note(Tpm12Client tpm, Request request, List<String> answers) {
        answers.add(answers.size() + ": " + tpm.send(request).octets());
    }

    @SameAsSwtpm12
    void startsAndResumesLikeSwtpm() throws Exception {
        Tpm12Fixture ours = KeptState.started();
        List<String> mine = new ArrayList<>();
        play(ours, ours::powerOn, mine);
        try (Swtpm12 swtpm = Swtpm12.powerOn(KeptState.host())) {
            swtpm.send(startup(1)).isSuccess();
            List<String> theirs = new ArrayList<>();
            play(swtpm, swtpm::cyclePower, theirs);
            assertEquals(theirs, mine);
        }
    }
}
