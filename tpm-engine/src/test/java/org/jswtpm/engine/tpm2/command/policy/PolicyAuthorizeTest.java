package org.jswtpm.engine.tpm2.command.policy;

import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.SameAsSwtpm;
import org.jswtpm.engine.tpm2.TpmPair;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.wire.Bytes;
import org.junit.jupiter.api.Test;

class PolicyAuthorizeTest {
    private static final String ZERO = "0020" + "00".repeat(32);
    private static final String KEY = "0022 000b" + "5a".repeat(32);
    private static final String NULL_TICKET = "8022 40000007 0000";

    private final PolicyScene scene = PolicyScene.policy();

    @Test
    void answersFaults() {
        scene.send(CommandCode.POLICY_AUTHORIZE, ZERO + "0000 0001 00" + NULL_TICKET)
                .hasCode(TpmRc.SIZE.parameter(3));
        scene.send(CommandCode.POLICY_AUTHORIZE, ZERO + "0000 0002 0010" + NULL_TICKET)
                .hasCode(TpmRc.HASH.parameter(3));
        scene.send(CommandCode.POLICY_AUTHORIZE, ZERO + "0000 0003 000b00" + NULL_TICKET)
                .hasCode(TpmRc.SIZE.parameter(3));
        scene.send(CommandCode.POLICY_AUTHORIZE, "0001 00 0000" + KEY + NULL_TICKET)
                .hasCode(TpmRc.VALUE.parameter(1));
        scene.send(CommandCode.POLICY_AUTHORIZE, ZERO + "0000" + KEY + NULL_TICKET)
                .hasCode(TpmRc.VALUE.parameter(4));
        scene.send(CommandCode.POLICY_AUTHORIZE, ZERO + "0000" + KEY + "8021 40000007 0000")
                .hasCode(TpmRc.TAG.parameter(4));
    }

    @Test
    void aTrialNeedsNoTicket() {
        PolicyScene trial = PolicyScene.trial();
        trial.send(CommandCode.POLICY_AUTHORIZE, "0000 0000" + KEY + NULL_TICKET)
                .isSuccess();
        assertNotEquals(Bytes.zeros(32), trial.digest());
    }

    @SameAsSwtpm
    void answersLikeSwtpm(TpmPair both) {
        PolicyScene.compare(
                both,
                CommandCode.POLICY_AUTHORIZE,
                ZERO + "0000 0002 0010" + NULL_TICKET,
                ZERO + "0000 0003 000b00" + NULL_TICKET,
                "0001 00 0000" + KEY + NULL_TICKET,
                ZERO + "0000" + KEY + NULL_TICKET,
                ZERO + "0002 0102" + KEY + NULL_TICKET,
                ZERO + "0000" + KEY + "8021 40000007 0000",
                ZERO + "0000" + KEY + "8022 40000005 0000");
    }
}
