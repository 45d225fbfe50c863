package org.jswtpm.engine.tpm2.command.policy;

import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.SameAsSwtpm;
import org.jswtpm.engine.tpm2.TpmPair;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.junit.jupiter.api.Test;

class PolicyNvWrittenTest {
    private final PolicyScene scene = PolicyScene.policy();

    @Test
    void holdsForAnNvIndexOnly() {
        scene.send(CommandCode.POLICY_NV_WRITTEN, "01").isSuccess();
        scene.hasDigestOf(CommandCode.POLICY_NV_WRITTEN, "01");
        scene.becomesOwnerPolicy();
        scene.tpm.send(scene.byOwner()).hasCode(TpmRc.POLICY_FAIL.session(1));
    }

    @Test
    void mayNotAskForBoth() {
        scene.send(CommandCode.POLICY_NV_WRITTEN, "00").isSuccess();
        scene.send(CommandCode.POLICY_NV_WRITTEN, "00").isSuccess();
        scene.send(CommandCode.POLICY_NV_WRITTEN, "01").hasCode(TpmRc.VALUE.parameter(1));
    }

    @SameAsSwtpm
    void answersLikeSwtpm(TpmPair both) {
        PolicyScene.compare(both, CommandCode.POLICY_NV_WRITTEN, "00", "01", "02", "");
    }
}
