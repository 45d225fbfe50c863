package org.jswtpm.engine.tpm2.command.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.SameAsSwtpm;
import org.jswtpm.engine.tpm2.TestCommand;
import org.jswtpm.engine.tpm2.Tpm2Fixture;
import org.jswtpm.engine.tpm2.TpmPair;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.wire.Bytes;
import org.junit.jupiter.api.Test;

/** TPM2_PolicyAuthorizeNV, and TPM2_PolicyRestart, which takes it back. */
class PolicyAuthorizeNvTest {
    private static final Handle INDEX = new Handle(0x0180_0001);
    private static final String ZERO_DIGEST = "00".repeat(32);

    private final PolicyScene scene = PolicyScene.policy();

    /** Readable and writable by the owner. */
    private static TestCommand define(int size) {
        return TestCommand.of(CommandCode.NV_DEFINE_SPACE)
                .handle(Handle.OWNER)
                .password("")
                .sized(Bytes.EMPTY)
                .sized(Bytes.hex("01800001 000b 00020002 0000 %04x".formatted(size)));
    }

    private static TestCommand write(String content) {
        return TestCommand.of(CommandCode.NV_WRITE)
                .handle(Handle.OWNER)
                .handle(INDEX)
                .password("")
                .sized(Bytes.hex(content))
                .parameters("0000");
    }

    private static TestCommand undefine() {
        return TestCommand.of(CommandCode.NV_UNDEFINE_SPACE)
                .handle(Handle.OWNER)
                .handle(INDEX)
                .password("");
    }

    private static TestCommand authorize(Handle by, Handle session) {
        return TestCommand.of(CommandCode.POLICY_AUTHORIZE_NV)
                .handle(by)
                .handle(INDEX)
                .handle(session)
                .password("");
    }

    private Bytes indexName(Tpm2Fixture tpm) {
        Bytes parameters = tpm.send(TestCommand.of(CommandCode.NV_READ_PUBLIC).handle(INDEX))
                .parameters();
        return parameters.slice(parameters.size() - 34, 34);
    }

    @Test
    void thePolicyOfTheIndexTakesThePlaceOfTheOneItApproves() {
        scene.tpm.send(define(34)).isSuccess();
        scene.send(CommandCode.POLICY_AUTH_VALUE, "").isSuccess();
        scene.tpm.send(write("000b" + scene.digest())).isSuccess();
        scene.tpm.send(authorize(Handle.OWNER, scene.session.handle())).isSuccess();
        scene.hasDigestOf(CommandCode.POLICY_AUTHORIZE_NV, indexName(scene.tpm).toString());
        scene.send(CommandCode.POLICY_RESTART, "").isSuccess();
        assertEquals(Bytes.zeros(32), scene.digest());
    }

    @Test
    void answersFaults() {
        Handle session = scene.session.handle();
        scene.tpm.send(define(40)).isSuccess();
        scene.tpm.send(authorize(Handle.OWNER, session)).hasCode(TpmRc.NV_UNINITIALIZED);
        scene.tpm.send(write("000b" + "11".repeat(32))).isSuccess();
        scene.tpm.send(authorize(Handle.OWNER, session)).hasCode(TpmRc.VALUE);
        scene.tpm.send(authorize(Handle.PLATFORM, session)).hasCode(TpmRc.NV_AUTHORIZATION);
        scene.tpm.send(write("0004" + ZERO_DIGEST)).isSuccess();
        scene.tpm.send(authorize(Handle.OWNER, session)).hasCode(TpmRc.HASH);
        scene.tpm.send(write("0010" + ZERO_DIGEST)).isSuccess();
        scene.tpm.send(authorize(Handle.OWNER, session)).hasCode(TpmRc.HASH);
        scene.tpm.send(write("000d" + ZERO_DIGEST)).isSuccess();
        scene.tpm.send(authorize(Handle.OWNER, session)).hasCode(TpmRc.INSUFFICIENT);
        assertEquals(Bytes.zeros(32), scene.digest());
    }

    @Test
    void aTrialDoesNotLookAtTheContent() {
        PolicyScene trial = PolicyScene.trial();
        trial.tpm.send(define(1)).isSuccess();
        trial.tpm.send(authorize(Handle.OWNER, trial.session.handle())).isSuccess();
        trial.hasDigestOf(CommandCode.POLICY_AUTHORIZE_NV, indexName(trial.tpm).toString());
    }

    @SameAsSwtpm
    void answersLikeSwtpm(TpmPair both) {
        for (int size : new int[] {1, 2, 33, 34, 40, 66, 100}) {
            for (String hash : new String[] {"000b", "0004", "000d", "0010", "0001"}) {
                both.send(define(size)).isIdentical();
                Bytes content = Bytes.hex(hash).then(Bytes.zeros(size));
                both.send(write(content.slice(0, size).toString())).isIdentical();
                for (int type : new int[] {PolicyScene.POLICY, PolicyScene.TRIAL}) {
                    Handle session = both.startSession(type, Digest.SHA256);
                    both.send(authorize(Handle.OWNER, session)).isIdentical();
                    both.send(TestCommand.of(CommandCode.POLICY_GET_DIGEST).handle(session))
                            .isIdentical();
                    both.send(TestCommand.of(CommandCode.FLUSH_CONTEXT).parameters(session.asName()))
                            .isIdentical();
                }
                both.send(undefine()).isIdentical();
            }
        }
    }
}
