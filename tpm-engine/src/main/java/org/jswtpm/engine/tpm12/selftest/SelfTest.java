package org.jswtpm.engine.tpm12.selftest;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.crypto.Hmac;
import org.jswtpm.engine.crypto.RandomSource;
import org.jswtpm.engine.tpm12.key.LoadedKey;
import org.jswtpm.engine.tpm12.structure.TpmLimits;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.TpmException;

/**
 * How much of the TPM is tested, and whether it has failed.
 *
 * <p>libtpms tests its cryptography and the endorsement key while it starts; here that is done by TPM_SelfTestFull, so that a
 * start does not wait for it.
 */
public final class SelfTest {
    /** The states, by the numbers that TPM_GetTestResult and the volatile state have for them. */
    public enum State {
        LIMITED(1),
        FULL(2),
        FAILURE(3);

        private final int value;

        State(int value) {
            this.value = value;
        }

        /** The number in a state and in a test result. */
        public int value() {
            return value;
        }

        /** The state with this number; one that is not known is a failure. */
        public static State of(int value) {
            return value == 1 ? LIMITED : value == 2 ? FULL : FAILURE;
        }
    }

    private static final byte[] ABC = {'a', 'b', 'c'};
    /** FIPS 180-4, the digest of "abc". */
    private static final Bytes SHA1_OF_ABC = Bytes.hex("a9993e364706816aba3e25717850c26c9cd0d89d");
    /** RFC 2202, test case 2. */
    private static final Bytes HMAC_OF_JEFE = Bytes.hex("effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");

    private static final byte[] JEFE = {'J', 'e', 'f', 'e'};

    private State state = State.LIMITED;

    /** How much is tested. */
    public State state() {
        return state;
    }

    public void setState(State state) {
        this.state = state;
    }

    /** Whether the TPM is in failure mode. */
    public boolean isFailed() {
        return state == State.FAILURE;
    }

    /** Enters the failure mode. */
    public void fail() {
        state = State.FAILURE;
    }

    /** TPM_ContinueSelfTest: what is left to test, which is nothing. */
    public void complete() {
        state = State.FULL;
    }

    /** TPM_SelfTestFull: tests all, and the endorsement key if there is one. */
    public void testAll(LoadedKey endorsementKey, RandomSource random) {
        boolean works = knownAnswersHold() && (!endorsementKey.isPresent() || isUsable(endorsementKey, random));
        state = works ? State.FULL : State.FAILURE;
    }

    private static boolean knownAnswersHold() {
        byte[] text = "what do ya want for nothing?".getBytes(StandardCharsets.US_ASCII);
        return Bytes.wrap(Hasher.digest(Digest.SHA1, ABC)).equals(SHA1_OF_ABC)
                && Bytes.wrap(Hmac.mac(Digest.SHA1, JEFE, text)).equals(HMAC_OF_JEFE);
    }

    /** Whether what is encrypted with the key can be decrypted again. */
    private static boolean isUsable(LoadedKey key, RandomSource random) {
        byte[] message = random.generate(TpmLimits.NONCE_SIZE);
        try {
            return key.isConsistent() && Arrays.equals(key.decrypt(key.encrypt(message, random)), message);
        } catch (TpmException e) {
            return false;
        }
    }
}
