package org.jswtpm.engine.tpm2.command.policy;

import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.SameAsSwtpm;
import org.jswtpm.engine.tpm2.TpmPair;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.junit.jupiter.api.Test;

class PolicyTemplateTest {
    private final PolicyScene scene = PolicyScene.policy();

    private static final String HASH = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

    @Test
    void extendsTheDigest() {
        scene.send(CommandCode.POLICY_TEMPLATE, "0020" + HASH).isSuccess();
        scene.hasDigestOf(CommandCode.POLICY_TEMPLATE, HASH);
    }

    @Test
    void isNoUseForACommandWithoutTemplate() {
        scene.send(CommandCode.POLICY_TEMPLATE, "0020" + HASH).isSuccess();
        scene.becomesOwnerPolicy();
        scene.tpm.send(scene.byOwner()).hasCode(TpmRc.POLICY_FAIL.session(1));
    }

    @Test
    void refusesAnotherRestrictionBeforeWhatIsNoDigest() {
        scene.send(CommandCode.POLICY_TEMPLATE, "0020" + HASH).isSuccess();
        scene.send(CommandCode.POLICY_TEMPLATE, "0000").hasCode(TpmRc.CPHASH);
    }

    @SameAsSwtpm
    void answersLikeSwtpm(TpmPair both) {
        PolicyScene.compare(both, CommandCode.POLICY_TEMPLATE, "0020" + HASH, "0000", "0002 0102");
    }
}
