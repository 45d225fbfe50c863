package org.jswtpm.engine.tpm2.command.policy;

import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.SameAsSwtpm;
import org.jswtpm.engine.tpm2.TpmPair;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.junit.jupiter.api.Test;

class PolicyDuplicationSelectTest {
    private final PolicyScene scene = PolicyScene.policy();

    private static final String OBJECT = "0022 000b 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
    private static final String PARENT = "0003 010203";

    @Test
    void extendsTheDigestByTheObjectIfItIsToldTo() {
        scene.send(CommandCode.POLICY_DUPLICATION_SELECT, OBJECT + PARENT + "01")
                .isSuccess();
        scene.hasDigestOf(CommandCode.POLICY_DUPLICATION_SELECT, OBJECT.substring(4) + "010203 01");
    }

    @Test
    void extendsTheDigestByTheParentAlone() {
        scene.send(CommandCode.POLICY_DUPLICATION_SELECT, OBJECT + PARENT + "00")
                .isSuccess();
        scene.hasDigestOf(CommandCode.POLICY_DUPLICATION_SELECT, "010203 00");
    }

    @Test
    void refusesAnotherRestrictionBeforeAnotherCommand() {
        scene.send(CommandCode.POLICY_COMMAND_CODE, "00000130").isSuccess();
        scene.send(CommandCode.POLICY_DUPLICATION_SELECT, OBJECT + PARENT + "00")
                .hasCode(TpmRc.COMMAND_CODE);
        scene.send(CommandCode.POLICY_NAME_HASH, OBJECT.replace("0022 000b", "0020"))
                .isSuccess();
        scene.send(CommandCode.POLICY_DUPLICATION_SELECT, OBJECT + PARENT + "00")
                .hasCode(TpmRc.CPHASH);
    }

    @SameAsSwtpm
    void answersLikeSwtpm(TpmPair both) {
        PolicyScene.compare(
                both,
                CommandCode.POLICY_DUPLICATION_SELECT,
                OBJECT + PARENT + "00",
                OBJECT + PARENT + "01",
                OBJECT + PARENT + "02",
                OBJECT + PARENT,
                "0045");
    }
}
