package org.jswtpm.engine.crypto;

import java.util.Arrays;

/**
 * An HMAC that lives over many commands (TPM2_HMAC_Start): its state can be read and set, in the terms in which
 * libtpms saves it. Not thread safe; {@link #close()} wipes it.
 */
public final class HmacSequence implements AutoCloseable {
    private final HashSequence inner;
    private final byte[] outerKey;

    private HmacSequence(HashSequence inner, byte[] outerKey) {
        this.inner = inner;
        this.outerKey = outerKey;
    }

    /** A new HMAC; {@code key} stays the caller's and may have any length. */
    public static HmacSequence of(Digest algorithm, byte[] key) {
        HashSequence inner = HashSequence.of(algorithm);
        byte[] pad = Hmac.innerKey(algorithm, key);
        inner.update(pad);
        Hmac.toOuterKey(pad);
        return new HmacSequence(inner, pad);
    }

    /**
     * An HMAC in a saved state.
     *
     * @param inner what {@link #innerState()} gave
     * @param outerKey what {@link #outerKey()} gave; stays the caller's
     */
    public static HmacSequence restore(HashSequence.State inner, byte[] outerKey) {
        if (outerKey.length != inner.algorithm().blockSize()) {
            throw new IllegalArgumentException("outer key of " + outerKey.length + " octets");
        }
        return new HmacSequence(HashSequence.restore(inner), outerKey.clone());
    }

    /** Which hash it uses. */
    public Digest algorithm() {
        return inner.algorithm();
    }

    /** Adds octets. */
    public void update(byte[] data) {
        inner.update(data);
    }

    /** Completes the HMAC; the sequence is then of no use. */
    public byte[] mac() {
        byte[] digest = inner.digest();
        return Hasher.digest(algorithm(), outerKey, digest);
    }

    /** A copy of the state of the inner hash; the caller's to wipe. */
    public HashSequence.State innerState() {
        return inner.state();
    }

    /** A copy of the key block of the outer hash (hmacKey of libtpms); the caller's to wipe. */
    public byte[] outerKey() {
        return outerKey.clone();
    }

    @Override
    public void close() {
        inner.digest();
        Arrays.fill(outerKey, (byte) 0);
    }
}
