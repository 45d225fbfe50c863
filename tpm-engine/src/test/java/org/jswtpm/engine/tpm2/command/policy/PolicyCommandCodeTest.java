package org.jswtpm.engine.tpm2.command.policy;

import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.SameAsSwtpm;
import org.jswtpm.engine.tpm2.TestCommand;
import org.jswtpm.engine.tpm2.TpmPair;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.junit.jupiter.api.Test;

class PolicyCommandCodeTest {
    private final PolicyScene scene = PolicyScene.policy();

    @Test
    void authorizesThatCommandOnly() {
        scene.send(CommandCode.POLICY_COMMAND_CODE, "00000130").isSuccess();
        scene.hasDigestOf(CommandCode.POLICY_COMMAND_CODE, "00000130");
        scene.becomesOwnerPolicy();
        TestCommand other = TestCommand.of(CommandCode.NV_GLOBAL_WRITE_LOCK)
                .handle(Handle.OWNER)
                .session(scene.session);
        scene.tpm.send(other).hasCode(TpmRc.POLICY_CC.session(1));
        scene.tpm.send(scene.byOwner()).isSuccess();
    }

    @Test
    void theSameCommandMayBeGivenTwiceButNoOther() {
        scene.send(CommandCode.POLICY_COMMAND_CODE, "00000130").isSuccess();
        scene.send(CommandCode.POLICY_COMMAND_CODE, "00000130").isSuccess();
        scene.send(CommandCode.POLICY_COMMAND_CODE, "00000131").hasCode(TpmRc.VALUE.parameter(1));
    }

    @Test
    void refusesACommandThatIsNone() {
        scene.send(CommandCode.POLICY_COMMAND_CODE, "00000199").hasCode(TpmRc.POLICY_CC.parameter(1));
    }

    @SameAsSwtpm
    void answersLikeSwtpm(TpmPair both) {
        PolicyScene.compare(
                both, CommandCode.POLICY_COMMAND_CODE, "00000130", "00000199", "0000012f", "20000130", "000001");
    }
}
