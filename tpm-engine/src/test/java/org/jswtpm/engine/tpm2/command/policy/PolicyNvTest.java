package org.jswtpm.engine.tpm2.command.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.SameAsSwtpm;
import org.jswtpm.engine.tpm2.TestCommand;
import org.jswtpm.engine.tpm2.Tpm2Fixture;
import org.jswtpm.engine.tpm2.TpmPair;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.wire.Bytes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** TPM2_PolicyNV and TPM2_PolicyAuthorizeNV, which both look into an NV Index. */
class PolicyNvTest {
    private static final Handle INDEX = new Handle(0x0180_0001);
    /** A policy for {@link #INDEX} that was never fulfilled, as a TPMT_HA. */
    private static final String OTHER_POLICY = "000b" + "5a".repeat(32);

    private final PolicyScene scene = PolicyScene.policy();
    private final Tpm2Fixture tpm = scene.tpm;

    private static TestCommand define() {
        // an ordinary Index of 34 octets, which the owner and its auth value read and write
        return TestCommand.of(CommandCode.NV_DEFINE_SPACE)
                .handle(Handle.OWNER)
                .password("")
                .parameters("0000 000e 01800001 000b 00060006 0000 0022");
    }

    private static TestCommand write(String data) {
        return TestCommand.of(CommandCode.NV_WRITE)
                .handle(Handle.OWNER)
                .handle(INDEX)
                .password("")
                .sized(Bytes.hex(data))
                .parameters("0000");
    }

    private static TestCommand policyNv(Handle session, String parameters) {
        return TestCommand.of(CommandCode.POLICY_NV)
                .handle(Handle.OWNER)
                .handle(INDEX)
                .handle(session)
                .password("")
                .parameters(parameters);
    }

    private static TestCommand authorizeNv(Handle session) {
        return TestCommand.of(CommandCode.POLICY_AUTHORIZE_NV)
                .handle(Handle.OWNER)
                .handle(INDEX)
                .handle(session)
                .password("");
    }

    @BeforeEach
    void defineIndex() {
        tpm.send(define()).isSuccess();
    }

    @Test
    void theContentMustFulfillTheCondition() {
        tpm.send(write(OTHER_POLICY)).isSuccess();
        tpm.send(policyNv(scene.session.handle(), "0002 5a59 0002 0000")).hasCode(TpmRc.POLICY);
        assertEquals(Bytes.zeros(32), scene.digest());
        tpm.send(policyNv(scene.session.handle(), "0002 5a59 0002 0003")).isSuccess();
        assertNotEquals(Bytes.zeros(32), scene.digest());
    }

    @Test
    void answersFaults() {
        Handle session = scene.session.handle();
        tpm.send(policyNv(session, "0001 00 0000 0000")).hasCode(TpmRc.NV_UNINITIALIZED);
        tpm.send(write(OTHER_POLICY)).isSuccess();
        tpm.send(policyNv(session, "0001 00 0023 0000")).hasCode(TpmRc.VALUE.parameter(2));
        tpm.send(policyNv(session, "0001 00 0022 0000")).hasCode(TpmRc.SIZE.parameter(1));
        tpm.send(policyNv(session, "0001 00 0000 000c")).hasCode(TpmRc.VALUE.parameter(3));
    }

    @Test
    void theIndexMustApproveThePolicySoFar() {
        Handle session = scene.session.handle();
        tpm.send(authorizeNv(session)).hasCode(TpmRc.NV_UNINITIALIZED);
        tpm.send(write(OTHER_POLICY)).isSuccess();
        tpm.send(authorizeNv(session)).hasCode(TpmRc.VALUE);
        tpm.send(write("000d")).isSuccess();
        tpm.send(authorizeNv(session)).hasCode(TpmRc.INSUFFICIENT);
        tpm.send(write("000c")).isSuccess();
        tpm.send(authorizeNv(session)).hasCode(TpmRc.INSUFFICIENT);
        tpm.send(write("000b" + "00".repeat(32))).isSuccess();
        tpm.send(authorizeNv(session)).isSuccess();
        assertNotEquals(Bytes.zeros(32), scene.digest());
    }

    @SameAsSwtpm
    void answersLikeSwtpm(TpmPair both) {
        both.send(define()).isIdentical();
        for (int type : new int[] {PolicyScene.POLICY, PolicyScene.TRIAL}) {
            Handle session = both.startSession(type, Digest.SHA256);
            TestCommand digest = TestCommand.of(CommandCode.POLICY_GET_DIGEST).handle(session);
            both.send(policyNv(session, "0001 00 0000 0000")).isIdentical();
            both.send(authorizeNv(session)).isIdentical();
            both.send(write(OTHER_POLICY)).isIdentical();
            both.send(authorizeNv(session)).isIdentical();
            both.send(policyNv(session, "0001 00 0023 0000")).isIdentical();
            both.send(policyNv(session, "0001 00 0022 0000")).isIdentical();
            both.send(policyNv(session, "0002 5a59 0002 000c")).isIdentical();
            for (int operation = 0; operation < 12; operation++) {
                both.send(policyNv(session, "0002 5a59 0002 %04x".formatted(operation)))
                        .isIdentical();
                both.send(policyNv(session, "0002 d5a6 0002 %04x".formatted(operation)))
                        .isIdentical();
                both.send(digest).isIdentical();
            }
            both.send(TestCommand.of(CommandCode.POLICY_RESTART).handle(session))
                    .isIdentical();
            for (String data : new String[] {"000d", "0001", "000b" + "00".repeat(32)}) {
                both.send(write(data)).isIdentical();
                both.send(authorizeNv(session)).isIdentical();
                both.send(digest).isIdentical();
            }
        }
    }
}
