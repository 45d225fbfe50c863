package org.jswtpm.engine.tpm2.command.policy;

import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.SameAsSwtpm;
import org.jswtpm.engine.tpm2.TpmPair;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.junit.jupiter.api.Test;

class PolicyLocalityTest {
    private final PolicyScene scene = PolicyScene.policy();

    @Test
    void authorizesFromThatLocalityOnly() {
        scene.send(CommandCode.POLICY_LOCALITY, "0a").isSuccess();
        scene.hasDigestOf(CommandCode.POLICY_LOCALITY, "0a");
        scene.becomesOwnerPolicy();
        scene.tpm.send(scene.byOwner()).hasCode(TpmRc.LOCALITY);
        scene.tpm.setLocality(1);
        scene.tpm.send(scene.byOwner()).isSuccess();
    }

    @Test
    void aLocalityBeyondTheSetIsNeverThere() {
        scene.send(CommandCode.POLICY_LOCALITY, "21").isSuccess();
        scene.becomesOwnerPolicy();
        scene.tpm.send(scene.byOwner()).hasCode(TpmRc.LOCALITY);
    }

    @Test
    void narrowsTheSetButNeverToNothing() {
        scene.send(CommandCode.POLICY_LOCALITY, "00").hasCode(TpmRc.RANGE.parameter(1));
        scene.send(CommandCode.POLICY_LOCALITY, "07").isSuccess();
        scene.send(CommandCode.POLICY_LOCALITY, "06").isSuccess();
        scene.send(CommandCode.POLICY_LOCALITY, "01").hasCode(TpmRc.RANGE.parameter(1));
        scene.send(CommandCode.POLICY_LOCALITY, "21").hasCode(TpmRc.RANGE.parameter(1));
    }

    @SameAsSwtpm
    void answersLikeSwtpm(TpmPair both) {
        PolicyScene.compare(both, CommandCode.POLICY_LOCALITY, "01", "1f", "00", "20", "ff", "");
    }
}
