package org.jswtpm.engine.tpm2.command.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.SameAsSwtpm;
import org.jswtpm.engine.tpm2.TestCommand;
import org.jswtpm.engine.tpm2.TpmPair;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.wire.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** TPM2_PolicyRestart and TPM2_PolicyGetDigest. */
class PolicyRestartTest {
    private static final String OF_SIGN = "0000015d";

    private final PolicyScene scene = PolicyScene.policy();

    @Test
    void beginsThePolicyAnew() {
        scene.send(CommandCode.POLICY_COMMAND_CODE, OF_SIGN).isSuccess();
        assertNotEquals(Bytes.zeros(32), scene.digest());
        scene.send(CommandCode.POLICY_RESTART, "").hasParameters("");
        assertEquals(Bytes.zeros(32), scene.digest());
    }

    @Test
    void forgetsWhatThePolicyDemands() {
        scene.send(CommandCode.POLICY_COMMAND_CODE, OF_SIGN).isSuccess();
        scene.send(CommandCode.POLICY_RESTART, "").isSuccess();
        scene.send(CommandCode.POLICY_COMMAND_CODE, "%08x".formatted(CommandCode.CLOCK_RATE_ADJUST.code()))
                .isSuccess();
        scene.becomesOwnerPolicy();
        scene.tpm.send(scene.byOwner()).isSuccess();
    }

    @ParameterizedTest
    @EnumSource(names = {"POLICY_RESTART", "POLICY_GET_DIGEST"})
    void answersFaults(CommandCode code) {
        scene.send(code, "00").hasCode(TpmRc.SIZE);
        scene.tpm.send(TestCommand.of(code)).hasCode(TpmRc.INSUFFICIENT.handle(1));
        scene.tpm.send(TestCommand.of(code).handle(new Handle(0x0300_003f))).hasCode(TpmRc.REFERENCE_H0);
        Handle hmac = scene.tpm.startHmacSession().handle();
        scene.tpm.send(TestCommand.of(code).handle(hmac)).hasCode(TpmRc.VALUE.handle(1));
        scene.tpm.send(scene.command(code, "").password("")).hasCode(TpmRc.HANDLE.session(1));
    }

    @SameAsSwtpm
    void answersLikeSwtpm(TpmPair both) {
        Handle hmac = both.startSession(0, Digest.SHA256);
        for (int type : new int[] {PolicyScene.POLICY, PolicyScene.TRIAL}) {
            for (Digest hash : new Digest[] {Digest.SHA1, Digest.SHA256, Digest.SHA384, Digest.SHA512}) {
                Handle session = both.startSession(type, hash);
                TestCommand digest =
                        TestCommand.of(CommandCode.POLICY_GET_DIGEST).handle(session);
                both.succeed(digest).isIdentical();
                both.succeed(TestCommand.of(CommandCode.POLICY_COMMAND_CODE)
                        .handle(session)
                        .parameters(OF_SIGN));
                both.succeed(digest).isIdentical();
                both.succeed(TestCommand.of(CommandCode.POLICY_RESTART).handle(session))
                        .isIdentical();
                both.succeed(digest).isIdentical();
                both.succeed(TestCommand.of(CommandCode.FLUSH_CONTEXT).parameters(session.asName()));
                both.refuse(digest);
            }
        }
        for (CommandCode code : new CommandCode[] {CommandCode.POLICY_RESTART, CommandCode.POLICY_GET_DIGEST}) {
            both.refuse(TestCommand.of(code));
            both.refuse(TestCommand.of(code).handle(hmac));
            both.refuse(TestCommand.of(code).handle(Handle.NULL));
        }
    }
}
