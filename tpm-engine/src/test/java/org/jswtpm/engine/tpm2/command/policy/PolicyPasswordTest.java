package org.jswtpm.engine.tpm2.command.policy;

import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.SameAsSwtpm;
import org.jswtpm.engine.tpm2.TestCommand;
import org.jswtpm.engine.tpm2.TpmPair;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.wire.Bytes;
import org.junit.jupiter.api.Test;

class PolicyPasswordTest {
    private final PolicyScene scene = PolicyScene.policy();

    @Test
    void extendsTheDigestAsPolicyAuthValueAndNeedsThePassword() {
        scene.send(CommandCode.POLICY_AUTH_VALUE, "").isSuccess();
        scene.hasDigestOf(CommandCode.POLICY_AUTH_VALUE, "");
        scene.becomesOwnerPolicy();
        Bytes auth = Bytes.hex("55");
        scene.tpm
                .send(TestCommand.of(CommandCode.HIERARCHY_CHANGE_AUTH)
                        .handle(Handle.OWNER)
                        .password("")
                        .sized(auth))
                .isSuccess();
        scene.send(CommandCode.POLICY_RESTART, "").isSuccess();
        scene.send(CommandCode.POLICY_PASSWORD, "").isSuccess();
        scene.hasDigestOf(CommandCode.POLICY_AUTH_VALUE, "");
        scene.session.auth(Bytes.hex("56")).plainPassword();
        scene.tpm.send(scene.byOwner()).hasCode(TpmRc.BAD_AUTH.session(1));
        scene.session.auth(auth);
        scene.tpm.send(scene.byOwner()).isSuccess();
    }

    @SameAsSwtpm
    void answersLikeSwtpm(TpmPair both) {
        PolicyScene.compare(both, CommandCode.POLICY_PASSWORD, "", "00");
    }
}
