package org.jswtpm.engine.crypto;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A running hash that lives within one command. It uses the Java platform's digests, which the VM replaces with the
 * processor's SHA instructions; {@link HashSequence} is the hash whose state can be saved.
 *
 * <p>Not thread safe. After {@link #digest()} the object is as new.
 */
public final class Hasher {
    private final MessageDigest engine;

    private Hasher(MessageDigest engine) {
        this.engine = engine;
    }

    /** A new hash. */
    public static Hasher of(Digest algorithm) {
        try {
            return new Hasher((MessageDigest) prototype(algorithm).clone());
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The digest of the parts, one after the other. */
    public static byte[] digest(Digest algorithm, byte[]... parts) {
        Hasher hasher = of(algorithm);
        for (byte[] part : parts) {
            hasher.update(part);
        }
        return hasher.digest();
    }

    /** Adds octets. */
    public Hasher update(byte[] data) {
        engine.update(data);
        return this;
    }

    /** Adds a range of octets. */
    public Hasher update(byte[] data, int offset, int length) {
        engine.update(data, offset, length);
        return this;
    }

    /** Adds the low octet of {@code value}. */
    public Hasher updateByte(int value) {
        engine.update((byte) value);
        return this;
    }

    /** Adds {@code value} as two octets, big endian. */
    public Hasher updateUint16(int value) {
        return updateByte(value >> 8).updateByte(value);
    }

    /** Adds {@code value} as four octets, big endian. */
    public Hasher updateUint32(int value) {
        return updateUint16(value >> 16).updateUint16(value);
    }

    /** Adds {@code value} as eight octets, big endian. */
    public Hasher updateUint64(long value) {
        return updateUint32((int) (value >> 32)).updateUint32((int) value);
    }

    /** Completes the hash and starts over. */
    public byte[] digest() {
        return engine.digest();
    }

    /**
     * A digest that is only ever cloned: a clone costs a fraction of a lookup among the platform's providers, and
     * each holder class is loaded when its algorithm is first used.
     */
    private static MessageDigest prototype(Digest algorithm) {
        return switch (algorithm) {
            case SHA1 -> Sha1.PROTOTYPE;
            case SHA256 -> Sha256.PROTOTYPE;
            case SHA384 -> Sha384.PROTOTYPE;
            case SHA512 -> Sha512.PROTOTYPE;
        };
    }

    private static MessageDigest lookUp(Digest algorithm) {
        try {
            return MessageDigest.getInstance(algorithm.javaName());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Sha1 {
        static final MessageDigest PROTOTYPE = lookUp(Digest.SHA1);
    }

    private static final class Sha256 {
        static final MessageDigest PROTOTYPE = lookUp(Digest.SHA256);
    }

    private static final class Sha384 {
        static final MessageDigest PROTOTYPE = lookUp(Digest.SHA384);
    }

    private static final class Sha512 {
        static final MessageDigest PROTOTYPE = lookUp(Digest.SHA512);
    }
}
