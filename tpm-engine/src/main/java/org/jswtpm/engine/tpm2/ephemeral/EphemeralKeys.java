package org.jswtpm.engine.tpm2.ephemeral;

import org.jswtpm.engine.crypto.RandomSource;
import org.jswtpm.engine.tpm2.structure.StartupType;
import org.jswtpm.engine.tpm2.structure.TpmLimits;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;

/**
 * Which ephemeral private keys have been given out and not been used yet. They are not kept: each comes from a nonce, which
 * a TPM Reset makes anew, and its number.
 */
public final class EphemeralKeys {
    /** Octets of the bits, one for each key that may be in use. */
    private static final int ARRAY_SIZE = 16;

    private long counter;
    private Secret nonce = Secret.empty();
    private byte[] array = new byte[ARRAY_SIZE];

    /** TPM2_Startup: a TPM Reset forgets all keys. */
    public void startup(StartupType type, RandomSource random) {
        if (type == StartupType.RESET) {
            nonce.close();
            nonce = Secret.take(random.generate(TpmLimits.MAX_DIGEST_SIZE));
            counter = 0;
            array = new byte[ARRAY_SIZE];
        }
    }

    /** commitCounter: the number of the next key. */
    public long counter() {
        return counter;
    }

    /** commitNonce; lent. */
    public Secret nonce() {
        return nonce;
    }

    /** commitArray: the keys that are not used up, by the low bits of their numbers. */
    public Bytes array() {
        return Bytes.copyOf(array);
    }

    /** Sets what Shutdown(STATE) saved; takes {@code savedNonce} over. */
    public void restore(long savedCounter, Secret savedNonce, Bytes savedArray) {
        counter = savedCounter;
        nonce.close();
        nonce = savedNonce;
        array = savedArray.toArray();
    }

    /** Wipes the nonce. */
    public void wipe() {
        nonce.close();
    }
}
