package org.jswtpm.engine.tpm2.command.policy;

import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.SameAsSwtpm;
import org.jswtpm.engine.tpm2.TpmPair;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.junit.jupiter.api.Test;

class PolicyOrTest {
    private final PolicyScene scene = PolicyScene.policy();

    private static final String ZERO = "0020" + "00".repeat(32);
    private static final String OTHER = "0020 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

    @Test
    void extendsTheDigestWhereverItWasAmongThem() {
        scene.send(CommandCode.POLICY_OR, "00000002" + OTHER + ZERO).isSuccess();
        scene.hasDigestOf(CommandCode.POLICY_OR, OTHER.substring(5) + "00".repeat(32));
    }

    @Test
    void refusesDigestsAmongWhichItIsNot() {
        scene.send(CommandCode.POLICY_OR, "00000002" + OTHER + OTHER).hasCode(TpmRc.VALUE.parameter(1));
    }

    @Test
    void refusesFewerThanTwoAndMoreThanEight() {
        scene.send(CommandCode.POLICY_OR, "00000001" + ZERO).hasCode(TpmRc.SIZE.parameter(1));
        scene.send(CommandCode.POLICY_OR, "00000009" + ZERO.repeat(9)).hasCode(TpmRc.SIZE.parameter(1));
    }

    @SameAsSwtpm
    void answersLikeSwtpm(TpmPair both) {
        PolicyScene.compare(
                both,
                CommandCode.POLICY_OR,
                "00000002" + OTHER + ZERO,
                "00000002" + OTHER + OTHER,
                "00000001" + ZERO,
                "00000009" + ZERO.repeat(9),
                "00000008" + ZERO.repeat(8),
                "00000002" + ZERO);
    }
}
