package org.jswtpm.engine.tpm2.command.management;

import org.jswtpm.engine.tpm2.ClientSession;
import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.SameAsSwtpm;
import org.jswtpm.engine.tpm2.TestCommand;
import org.jswtpm.engine.tpm2.Tpm2Fixture;
import org.jswtpm.engine.tpm2.TpmPair;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.junit.jupiter.api.Test;

/** TPM2_PP_Commands, which asks for a physical presence that nobody can show here, and TPM2_SetAlgorithmSet. */
class PpCommandsTest {
    private static final String CLEAR = "00000001 00000126";
    private static final String NONE = "00000000";

    private final Tpm2Fixture tpm = Tpm2Fixture.started();

    private static TestCommand ppCommands(Handle auth, String lists) {
        return TestCommand.of(CommandCode.PP_COMMANDS).handle(auth).parameters(lists);
    }

    private static TestCommand setAlgorithmSet(Handle auth, String set) {
        return TestCommand.of(CommandCode.SET_ALGORITHM_SET).handle(auth).parameters(set);
    }

    @Test
    void nobodyIsPresent() {
        tpm.send(ppCommands(Handle.PLATFORM, CLEAR + NONE).password("")).hasCode(TpmRc.PP.session(1));
        tpm.send(ppCommands(Handle.PLATFORM, NONE + CLEAR).session(tpm.startHmacSession()))
                .hasCode(TpmRc.PP.session(1));
        tpm.send(TestCommand.of(CommandCode.CLEAR).handle(Handle.PLATFORM).password(""))
                .isSuccess();
    }

    @Test
    void setsAnAlgorithmSetThatNobodyAsksFor() {
        tpm.send(setAlgorithmSet(Handle.PLATFORM, "00000007").password("")).hasParameters("");
        tpm.send(TestCommand.of(CommandCode.GET_CAPABILITY).parameters("00000006 00000203 00000001"))
                .isSuccess();
        ClientSession session = tpm.startHmacSession();
        tpm.send(setAlgorithmSet(Handle.PLATFORM, "00000000").session(session)).isSuccess();
        tpm.send(setAlgorithmSet(Handle.PLATFORM, "00000000")).hasCode(TpmRc.AUTH_MISSING);
        tpm.send(setAlgorithmSet(Handle.PLATFORM, "000000").password("")).hasCode(TpmRc.INSUFFICIENT.parameter(1));
        tpm.send(setAlgorithmSet(Handle.OWNER, "00000000").password("")).hasCode(TpmRc.VALUE.handle(1));
    }

    @SameAsSwtpm
    void answersLikeSwtpm(TpmPair both) {
        for (String lists :
                new String[] {CLEAR + NONE, NONE + CLEAR, NONE, "00000101", "00000002 00000126" + NONE, ""}) {
            both.send(ppCommands(Handle.PLATFORM, lists).password("")).isIdentical();
            both.send(ppCommands(Handle.PLATFORM, lists)).isIdentical();
            both.send(ppCommands(Handle.OWNER, lists).password("")).isIdentical();
        }
        for (String set : new String[] {"00000000", "00000001", "ffffffff", "000000", "0000000000"}) {
            both.send(setAlgorithmSet(Handle.PLATFORM, set).password("")).isIdentical();
            both.send(setAlgorithmSet(Handle.OWNER, set).password("")).isIdentical();
            both.send(TestCommand.of(CommandCode.GET_CAPABILITY).parameters("00000006 00000203 00000001"))
                    .isIdentical();
        }
    }
}
