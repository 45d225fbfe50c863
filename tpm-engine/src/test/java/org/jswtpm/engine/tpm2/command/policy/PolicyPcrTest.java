package org.jswtpm.engine.tpm2.command.policy;

import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.SameAsSwtpm;
import org.jswtpm.engine.tpm2.TestCommand;
import org.jswtpm.engine.tpm2.TpmPair;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.wire.Bytes;
import org.junit.jupiter.api.Test;

class PolicyPcrTest {
    private final PolicyScene scene = PolicyScene.policy();

    private static final String PCR_16 = "00000001 000b 03 000001";

    /** The digest over PCR 16 of a TPM that has just started. */
    private static String zeroDigest() {
        return Bytes.wrap(Hasher.digest(Digest.SHA256, new byte[32])).toString();
    }

    private void extend() {
        scene.tpm
                .send(TestCommand.of(CommandCode.PCR_EXTEND)
                        .handle(new Handle(16))
                        .password("")
                        .parameters("00000001 000b" + "11".repeat(32)))
                .isSuccess();
    }

    private void extendCounted() {
        scene.tpm
                .send(TestCommand.of(CommandCode.PCR_EXTEND)
                        .handle(new Handle(7))
                        .password("")
                        .parameters("00000001 000b" + "11".repeat(32)))
                .isSuccess();
    }

    @Test
    void extendsTheDigestByTheValuesOfNow() {
        scene.send(CommandCode.POLICY_PCR, "0000" + PCR_16).isSuccess();
        scene.hasDigestOf(CommandCode.POLICY_PCR, PCR_16 + zeroDigest());
    }

    @Test
    void refusesOtherValues() {
        extend();
        scene.send(CommandCode.POLICY_PCR, "0020" + zeroDigest() + PCR_16).hasCode(TpmRc.VALUE.parameter(1));
    }

    @Test
    void authorizesAsLongAsNoPcrChanges() {
        scene.send(CommandCode.POLICY_PCR, "0020" + zeroDigest() + PCR_16).isSuccess();
        scene.becomesOwnerPolicy();
        extendCounted();
        scene.tpm.send(scene.byOwner()).hasCode(TpmRc.PCR_CHANGED);
        scene.send(CommandCode.POLICY_PCR, "0000" + PCR_16).hasCode(TpmRc.PCR_CHANGED);
        scene.send(CommandCode.POLICY_RESTART, "").isSuccess();
        scene.send(CommandCode.POLICY_PCR, "0000" + PCR_16).isSuccess();
        scene.tpm.send(scene.byOwner()).isSuccess();
    }

    @Test
    void aTrialTakesAnyValues() {
        PolicyScene trial = PolicyScene.trial();
        trial.send(CommandCode.POLICY_PCR, "0002 0102" + PCR_16).isSuccess();
        trial.hasDigestOf(CommandCode.POLICY_PCR, PCR_16 + "0102");
    }

    @SameAsSwtpm
    void answersLikeSwtpm(TpmPair both) {
        PolicyScene.compare(
                both,
                CommandCode.POLICY_PCR,
                "0000" + PCR_16,
                "0020" + zeroDigest() + PCR_16,
                "0002 0102" + PCR_16,
                "0000 00000001 0010 03 000001",
                "0000 00000001 000b 04 00000100",
                "0000 00000002 0004 03 ffffff 000d 03 010000",
                "0000 00000000");
    }
}
