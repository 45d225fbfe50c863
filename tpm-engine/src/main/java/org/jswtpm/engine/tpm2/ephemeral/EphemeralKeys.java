package org.jswtpm.engine.tpm2.ephemeral;

import java.util.Optional;
import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.EccCurve;
import org.jswtpm.engine.crypto.Ecdaa;
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
    /** The low bits of a number, by which the array knows a key. */
    private static final int INDEX_MASK = ARRAY_SIZE * Byte.SIZE - 1;
    /** The bits of a number that callers get. */
    private static final int COUNT_MASK = 0xFFFF;

    /** CONTEXT_INTEGRITY_HASH_ALG. */
    private static final Digest HASH = Digest.SHA512;

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

    /**
     * The key that {@link #commit} would give out; nothing changes yet.
     *
     * @param name the Name of the key that signs with it; empty for TPM2_EC_Ephemeral
     * @return a private scalar, the caller's to wipe; empty if none was found
     */
    public Optional<byte[]> next(EccCurve curve, Bytes name) {
        return scalar(curve, name, counter);
    }

    /** Gives out the next key (CryptCommit): the low 16 bits of its number. */
    public int commit() {
        int count = (int) counter & COUNT_MASK;
        array[(count & INDEX_MASK) >> 3] |= bit(count);
        counter++;
        return count;
    }

    /**
     * The key that {@link #commit} gave out with this {@code count}.
     *
     * @return as {@link #next}; empty too if that key was used, or given out too long ago
     */
    public Optional<byte[]> given(int count, EccCurve curve, Bytes name) {
        if ((array[(count & INDEX_MASK) >> 3] & bit(count)) == 0) {
            return Optional.empty();
        }
        // the array has been around once more since the key if its bit is not below that of the next one
        boolean isPreviousRound = (count & INDEX_MASK) >= ((int) counter & INDEX_MASK);
        long round = isPreviousRound ? counter - INDEX_MASK - 1 : counter;
        if (((int) round & COUNT_MASK & ~INDEX_MASK) != (count & ~INDEX_MASK)) {
            return Optional.empty();
        }
        return scalar(curve, name, round & ~(long) COUNT_MASK | count);
    }

    /** The key with this {@code count} was used (CryptEndCommit). */
    public void end(int count) {
        array[(count & INDEX_MASK) >> 3] &= (byte) ~bit(count);
    }

    private static byte bit(int count) {
        return (byte) (1 << (count & 7));
    }

    private Optional<byte[]> scalar(EccCurve curve, Bytes name, long number) {
        return nonce.use(octets -> Ecdaa.commitRandom(curve, HASH, octets, name.toArray(), number));
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
