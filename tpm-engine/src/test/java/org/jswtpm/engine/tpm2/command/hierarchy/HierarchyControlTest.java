package org.jswtpm.engine.tpm2.command.hierarchy;

import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.createPrimary;
import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.readPublic;

import java.util.ArrayList;
import java.util.List;
import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.SameAsSwtpm;
import org.jswtpm.engine.tpm2.TestCommand;
import org.jswtpm.engine.tpm2.Tpm2Fixture;
import org.jswtpm.engine.tpm2.TpmPair;
import org.jswtpm.engine.tpm2.command.object.ObjectRequests;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.junit.jupiter.api.Test;

class HierarchyControlTest {
    private static final List<Handle> ENABLES =
            List.of(Handle.OWNER, Handle.ENDORSEMENT, Handle.PLATFORM, Handle.PLATFORM_NV);

    private final Tpm2Fixture tpm = Tpm2Fixture.started();

    private static TestCommand control(Handle auth, Handle enable, String state) {
        return TestCommand.of(CommandCode.HIERARCHY_CONTROL)
                .handle(auth)
                .password("")
                .parameters(enable.asName())
                .parameters(state);
    }

    @Test
    void answersFaultsOfTheParameters() {
        tpm.send(control(Handle.OWNER, Handle.LOCKOUT, "00")).hasCode(TpmRc.VALUE.parameter(1));
        tpm.send(control(Handle.OWNER, Handle.NULL, "00")).hasCode(TpmRc.VALUE.parameter(1));
        tpm.send(control(Handle.OWNER, Handle.OWNER, "02")).hasCode(TpmRc.VALUE.parameter(2));
        tpm.send(control(Handle.OWNER, Handle.OWNER, "")).hasCode(TpmRc.INSUFFICIENT.parameter(2));
    }

    @Test
    void flushesTheObjectsOfAHierarchyThatIsDisabled() {
        Handle key = tpm.send(createPrimary(Handle.OWNER, ObjectRequests.ECC_STORAGE))
                .handle();
        Handle other = tpm.send(createPrimary(Handle.ENDORSEMENT, ObjectRequests.ECC_STORAGE))
                .handle();
        tpm.send(control(Handle.OWNER, Handle.OWNER, "00")).isSuccess();
        tpm.send(readPublic(key)).hasCode(TpmRc.REFERENCE_H0);
        tpm.send(readPublic(other)).isSuccess();
        tpm.send(createPrimary(Handle.OWNER, ObjectRequests.ECC_STORAGE)).hasCode(TpmRc.HIERARCHY.handle(1));
    }

    @Test
    void onlyThePlatformEnablesAHierarchyAgain() {
        tpm.send(control(Handle.ENDORSEMENT, Handle.ENDORSEMENT, "00")).isSuccess();
        tpm.send(control(Handle.ENDORSEMENT, Handle.ENDORSEMENT, "01")).hasCode(TpmRc.HIERARCHY.handle(1));
        tpm.send(control(Handle.PLATFORM, Handle.ENDORSEMENT, "01")).isSuccess();
        tpm.send(createPrimary(Handle.ENDORSEMENT, ObjectRequests.ECC_STORAGE)).isSuccess();
    }

    @Test
    void restartEnablesWhatWasDisabled() {
        tpm.send(control(Handle.OWNER, Handle.OWNER, "00")).isSuccess();
        tpm.send(control(Handle.PLATFORM, Handle.PLATFORM, "00")).isSuccess();
        tpm.powerOn();
        tpm.send(TestCommand.of(CommandCode.STARTUP).parameters("0000")).isSuccess();
        tpm.send(createPrimary(Handle.OWNER, ObjectRequests.ECC_STORAGE)).isSuccess();
        tpm.send(createPrimary(Handle.PLATFORM, ObjectRequests.ECC_STORAGE)).isSuccess();
    }

    /** Who may switch what, in every state of the hierarchies: from all enabled to all disabled. */
    @SameAsSwtpm
    void authorizationsAreThoseOfSwtpm(TpmPair both) {
        List<TestCommand> commands = new ArrayList<>();
        for (Handle auth : List.of(Handle.OWNER, Handle.ENDORSEMENT, Handle.PLATFORM)) {
            for (Handle enable : ENABLES) {
                for (String state : List.of("01", "00", "00", "01")) {
                    commands.add(control(auth, enable, state));
                }
            }
        }
        for (TestCommand command : commands) {
            both.send(command).isIdentical();
        }
    }
}
