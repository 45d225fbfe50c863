package org.jswtpm.engine.tpm2.command.policy;

import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.SameAsSwtpm;
import org.jswtpm.engine.tpm2.TpmPair;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.wire.Bytes;
import org.junit.jupiter.api.Test;

class PolicyCounterTimerTest {
    private final PolicyScene scene = PolicyScene.policy();

    /** resetCount, which is 1 in a TPM that was started once, stands at 16. */
    private static final String RESET_COUNT_IS_1 = "0004 00000001 0010 0000";

    @Test
    void extendsTheDigestIfTheConditionHolds() {
        scene.send(CommandCode.POLICY_COUNTER_TIMER, RESET_COUNT_IS_1).isSuccess();
        String arguments = Bytes.wrap(Hasher.digest(
                        Digest.SHA256, Bytes.hex("00000001 0010 0000").toArray()))
                .toString();
        scene.hasDigestOf(CommandCode.POLICY_COUNTER_TIMER, arguments);
    }

    @Test
    void refusesWhatDoesNotHold() {
        scene.send(CommandCode.POLICY_COUNTER_TIMER, "0004 00000001 0010 0003").hasCode(TpmRc.POLICY);
        PolicyScene.trial()
                .send(CommandCode.POLICY_COUNTER_TIMER, "0004 00000001 0010 0003")
                .isSuccess();
    }

    @Test
    void refusesOperandsBeyondTimeInfo() {
        scene.send(CommandCode.POLICY_COUNTER_TIMER, "0001 00 0019 0000").hasCode(TpmRc.RANGE);
        scene.send(CommandCode.POLICY_COUNTER_TIMER, "0000 001a 0000").hasCode(TpmRc.VALUE.parameter(2));
        scene.send(CommandCode.POLICY_COUNTER_TIMER, "0004 00000001 0010 000c").hasCode(TpmRc.VALUE.parameter(3));
    }

    @SameAsSwtpm
    void answersLikeSwtpm(TpmPair both) {
        PolicyScene.compare(
                both,
                CommandCode.POLICY_COUNTER_TIMER,
                RESET_COUNT_IS_1,
                "0004 00000001 0010 0001",
                "0001 00 0019 0000",
                "0000 0019 0000",
                "0000 001a 0000",
                "0004 00000001 0010 000c",
                "0001 01 0018 0000");
    }
}
