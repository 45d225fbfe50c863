package org.jswtpm.engine.tpm2.command.policy;

import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.SameAsSwtpm;
import org.jswtpm.engine.tpm2.TpmPair;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.junit.jupiter.api.Test;

class PolicyPhysicalPresenceTest {
    private final PolicyScene scene = PolicyScene.policy();

    @Test
    void nobodyIsEverPresent() {
        scene.send(CommandCode.POLICY_PHYSICAL_PRESENCE, "").isSuccess();
        scene.hasDigestOf(CommandCode.POLICY_PHYSICAL_PRESENCE, "");
        scene.becomesOwnerPolicy();
        scene.tpm.send(scene.byOwner()).hasCode(TpmRc.PP.session(1));
    }

    @SameAsSwtpm
    void answersLikeSwtpm(TpmPair both) {
        PolicyScene.compare(both, CommandCode.POLICY_PHYSICAL_PRESENCE, "", "00");
    }
}
