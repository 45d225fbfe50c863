package org.jswtpm.engine.tpm2.command.hierarchy;

import java.util.List;
import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.SameAsSwtpm;
import org.jswtpm.engine.tpm2.TestCommand;
import org.jswtpm.engine.tpm2.Tpm2Fixture;
import org.jswtpm.engine.tpm2.TpmPair;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.wire.Bytes;
import org.junit.jupiter.api.Test;

class SetPrimaryPolicyTest {
    private final Tpm2Fixture tpm = Tpm2Fixture.started();

    private static TestCommand setPolicy(Handle hierarchy, String policy, String hashAlg) {
        return TestCommand.of(CommandCode.SET_PRIMARY_POLICY)
                .handle(hierarchy)
                .password("")
                .sized(Bytes.hex(policy))
                .parameters(hashAlg);
    }

    /** TPM_CAP_AUTH_POLICIES from {@code handle}, of one hierarchy. */
    private static TestCommand policies(Handle handle) {
        return TestCommand.of(CommandCode.GET_CAPABILITY)
                .parameters("00000009")
                .parameters(handle.asName())
                .parameters("00000001");
    }

    @Test
    void answersSizeForAPolicyThatIsNoDigestOfTheAlgorithm() {
        tpm.send(setPolicy(Handle.OWNER, "01".repeat(32), "0004")).hasCode(TpmRc.SIZE.parameter(1));
        tpm.send(setPolicy(Handle.OWNER, "", "000b")).hasCode(TpmRc.SIZE.parameter(1));
        tpm.send(setPolicy(Handle.OWNER, "01".repeat(32), "0010")).hasCode(TpmRc.SIZE.parameter(1));
        tpm.send(setPolicy(Handle.OWNER, "01".repeat(65), "000b")).hasCode(TpmRc.SIZE.parameter(1));
        tpm.send(setPolicy(Handle.OWNER, "", "0006")).hasCode(TpmRc.HASH.parameter(2));
    }

    @Test
    void tellsThePolicyAndTakesItAway() {
        String policy = "5a".repeat(48);
        tpm.send(setPolicy(Handle.LOCKOUT, policy, "000c")).isSuccess();
        tpm.send(policies(Handle.LOCKOUT)).hasParameters("01 00000009 00000001 4000000a 000c" + policy);
        tpm.send(setPolicy(Handle.LOCKOUT, "", "0010")).isSuccess();
        tpm.send(policies(Handle.LOCKOUT)).hasParameters("01 00000009 00000001 4000000a 0010");
    }

    @SameAsSwtpm
    void answersLikeSwtpm(TpmPair both) {
        for (Handle hierarchy : List.of(Handle.OWNER, Handle.ENDORSEMENT, Handle.PLATFORM, Handle.LOCKOUT)) {
            both.send(setPolicy(hierarchy, "11".repeat(20), "0004")).isIdentical();
            both.send(policies(hierarchy)).isIdentical();
            both.send(setPolicy(hierarchy, "", "0010")).isIdentical();
            both.send(policies(hierarchy)).isIdentical();
            both.send(setPolicy(hierarchy, "11", "0004")).isIdentical();
        }
        both.send(setPolicy(Handle.NULL, "", "0010")).isIdentical();
    }
}
