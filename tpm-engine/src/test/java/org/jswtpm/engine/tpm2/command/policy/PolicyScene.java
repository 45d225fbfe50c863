package org.jswtpm.engine.tpm2.command.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.tpm2.Answer;
import org.jswtpm.engine.tpm2.ClientSession;
import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.TestCommand;
import org.jswtpm.engine.tpm2.Tpm2Fixture;
import org.jswtpm.engine.tpm2.TpmPair;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.wire.Bytes;

/** A TPM with a policy session of SHA-256, or a trial, to which a test gives policy commands. */
final class PolicyScene {
    static final int POLICY = 1;
    static final int TRIAL = 3;

    final Tpm2Fixture tpm = Tpm2Fixture.started();
    final ClientSession session;

    private PolicyScene(int type) {
        session = tpm.startSession(type, Digest.SHA256, Handle.NULL, Bytes.EMPTY, 0)
                .authNotIncluded();
    }

    static PolicyScene policy() {
        return new PolicyScene(POLICY);
    }

    static PolicyScene trial() {
        return new PolicyScene(TRIAL);
    }

    /** Sends a policy command that has the session as its only handle. */
    Answer send(CommandCode code, String parameters) {
        return tpm.send(command(code, parameters));
    }

    TestCommand command(CommandCode code, String parameters) {
        return TestCommand.of(code).handle(session.handle()).parameters(parameters);
    }

    /** The policyDigest of now. */
    Bytes digest() {
        return send(CommandCode.POLICY_GET_DIGEST, "").read().sized2(64);
    }

    /** Expects the digest that follows from zero by this command code and these octets (Part 1, 19.7.5). */
    void hasDigestOf(CommandCode code, String octets) {
        byte[] expected = Hasher.digest(
                Digest.SHA256,
                new byte[32],
                Bytes.hex("%08x".formatted(code.code()) + octets).toArray());
        assertEquals(Bytes.wrap(expected), digest());
    }

    /** Makes the policyDigest of now the policy of the owner. */
    void becomesOwnerPolicy() {
        Bytes digest = digest();
        tpm.send(TestCommand.of(CommandCode.SET_PRIMARY_POLICY)
                        .handle(Handle.OWNER)
                        .password("")
                        .sized(digest)
                        .parameters("000b"))
                .isSuccess();
    }

    /** A command that the policy of the owner authorizes. */
    TestCommand byOwner() {
        return TestCommand.of(CommandCode.CLOCK_RATE_ADJUST)
                .handle(Handle.OWNER)
                .session(session)
                .parameters("00");
    }

    /** Sends a policy command to both, in a new session of each, and compares the answers and the digests. */
    static void compare(TpmPair both, CommandCode code, String... parameters) {
        for (int type : new int[] {POLICY, TRIAL}) {
            for (String each : parameters) {
                Handle handle = both.startSession(type, Digest.SHA256);
                both.send(TestCommand.of(code).handle(handle).parameters(each)).isIdentical();
                both.send(TestCommand.of(CommandCode.POLICY_GET_DIGEST).handle(handle))
                        .isIdentical();
                both.send(TestCommand.of(code).handle(handle).parameters(each)).isIdentical();
                both.send(TestCommand.of(CommandCode.FLUSH_CONTEXT).parameters("%08x".formatted(handle.value())))
                        .isIdentical();
            }
        }
    }
}
