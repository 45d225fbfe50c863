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

class PolicyCpHashTest {
    private final PolicyScene scene = PolicyScene.policy();

    private static final String HASH = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

    @Test
    void authorizesThatCommandWithThoseParametersOnly() {
        byte[] cpHash =
                Hasher.digest(Digest.SHA256, Bytes.hex("00000130 40000001 00").toArray());
        String hash = Bytes.wrap(cpHash).toString();
        scene.send(CommandCode.POLICY_CP_HASH, "0020" + hash).isSuccess();
        scene.hasDigestOf(CommandCode.POLICY_CP_HASH, hash);
        scene.becomesOwnerPolicy();
        TestCommand other = TestCommand.of(CommandCode.CLOCK_RATE_ADJUST)
                .handle(Handle.OWNER)
                .session(scene.session)
                .parameters("01");
        scene.tpm.send(other).hasCode(TpmRc.POLICY_FAIL.session(1));
        scene.tpm.send(scene.byOwner()).isSuccess();
    }

    @Test
    void refusesWhatIsNoDigest() {
        scene.send(CommandCode.POLICY_CP_HASH, "0002 0102").hasCode(TpmRc.SIZE.parameter(1));
    }

    @Test
    void refusesAnotherRestriction() {
        scene.send(CommandCode.POLICY_CP_HASH, "0020" + HASH).isSuccess();
        scene.send(CommandCode.POLICY_CP_HASH, "0020" + HASH).isSuccess();
        scene.send(CommandCode.POLICY_CP_HASH, "0020" + HASH.replace("00", "01"))
                .hasCode(TpmRc.CPHASH);
        scene.send(CommandCode.POLICY_NAME_HASH, "0020" + HASH).hasCode(TpmRc.CPHASH);
        scene.send(CommandCode.POLICY_TEMPLATE, "0020" + HASH).hasCode(TpmRc.CPHASH);
    }

    @SameAsSwtpm
    void answersLikeSwtpm(TpmPair both) {
        PolicyScene.compare(both, CommandCode.POLICY_CP_HASH, "0020" + HASH, "0000", "0002 0102", "0041");
    }
}
