package org.jswtpm.engine.crypto;

import java.util.Arrays;

/**
 * A running HMAC (RFC 2104) that lives within one command; {@link HmacSequence} is the one whose state can be saved.
 *
 * <p>Not thread safe. {@link #mac()} ends the object and wipes what it knows of the key.
 */
public final class Hmac {
    /** What a key is XORed with for the outer hash, once it has been XORed for the inner one. */
    private static final byte INNER_TO_OUTER = 0x36 ^ 0x5c;

    private final Hasher hasher;
    private final byte[] outerKey;

    private Hmac(Hasher hasher, byte[] outerKey) {
        this.hasher = hasher;
        this.outerKey = outerKey;
    }

    /** A new HMAC; {@code key} stays the caller's and may have any length. */
    public static Hmac of(Digest algorithm, byte[] key) {
        Hasher hasher = Hasher.of(algorithm);
        byte[] pad = innerKey(algorithm, key);
        hasher.update(pad);
        toOuterKey(pad);
        return new Hmac(hasher, pad);
    }

    /** The HMAC of the parts, one after the other. */
    public static byte[] mac(Digest algorithm, byte[] key, byte[]... parts) {
        Hmac hmac = of(algorithm, key);
        for (byte[] part : parts) {
            hmac.update(part);
        }
        return hmac.mac();
    }

    /** Adds octets. */
    public Hmac update(byte[] data) {
        hasher.update(data);
        return this;
    }

    /** Adds a range of octets. */
    public Hmac update(byte[] data, int offset, int length) {
        hasher.update(data, offset, length);
        return this;
    }

    /** Adds the low octet of {@code value}. */
    public Hmac updateByte(int value) {
        hasher.updateByte(value);
        return this;
    }

    /** Adds {@code value} as two octets, big endian. */
    public Hmac updateUint16(int value) {
        hasher.updateUint16(value);
        return this;
    }

    /** Adds {@code value} as four octets, big endian. */
    public Hmac updateUint32(int value) {
        hasher.updateUint32(value);
        return this;
    }

    /** Adds {@code value} as eight octets, big endian. */
    public Hmac updateUint64(long value) {
        hasher.updateUint64(value);
        return this;
    }

    /** Completes the HMAC. */
    public byte[] mac() {
        byte[] inner = hasher.digest();
        hasher.update(outerKey);
        Arrays.fill(outerKey, (byte) 0);
        return hasher.update(inner).digest();
    }

    /** The key, hashed if it is longer than a block, padded to a block and XORed for the inner hash. */
    static byte[] innerKey(Digest algorithm, byte[] key) {
        byte[] pad;
        if (key.length > algorithm.blockSize()) {
            byte[] hashed = Hasher.digest(algorithm, key);
            pad = Arrays.copyOf(hashed, algorithm.blockSize());
            Arrays.fill(hashed, (byte) 0);
        } else {
            pad = Arrays.copyOf(key, algorithm.blockSize());
        }
        for (int i = 0; i < pad.length; i++) {
            pad[i] ^= 0x36;
        }
        return pad;
    }

    /** Turns the key block of the inner hash into that of the outer hash. */
    static void toOuterKey(byte[] pad) {
        for (int i = 0; i < pad.length; i++) {
            pad[i] ^= INNER_TO_OUTER;
        }
    }
}
