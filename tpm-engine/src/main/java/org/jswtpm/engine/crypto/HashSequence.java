package org.jswtpm.engine.crypto;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.bouncycastle.crypto.ExtendedDigest;
import org.bouncycastle.crypto.digests.EncodableDigest;
import org.bouncycastle.crypto.digests.SHA1Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;

/**
 * A hash that lives over many commands (TPM2_HashSequenceStart, _TPM_Hash_Start): its state can be read and set, in the
 * terms in which libtpms saves it.
 *
 * <p>Not thread safe.
 */
public final class HashSequence {
    /** Octets of Bouncy Castle's encodings before the chaining value, the words of the block and the final octet. */
    private static final int HEADER_32 = 16;

    private static final int HEADER_64 = 28;

    private final Digest algorithm;
    private final ExtendedDigest engine;

    private HashSequence(Digest algorithm, ExtendedDigest engine) {
        this.algorithm = algorithm;
        this.engine = engine;
    }

    /** A new hash. */
    public static HashSequence of(Digest algorithm) {
        return new HashSequence(
                algorithm,
                switch (algorithm) {
                    case SHA1 -> new SHA1Digest();
                    case SHA256 -> new SHA256Digest();
                    case SHA384 -> new SHA384Digest();
                    case SHA512 -> new SHA512Digest();
                });
    }

    /** A hash in a state that {@link #state()} gave. */
    public static HashSequence restore(State state) {
        byte[] encoded = state.algorithm.blockSize() == 64 ? encode32(state) : encode64(state);
        return new HashSequence(
                state.algorithm,
                switch (state.algorithm) {
                    case SHA1 -> new SHA1Digest(encoded);
                    case SHA256 -> new SHA256Digest(encoded);
                    case SHA384 -> new SHA384Digest(encoded);
                    case SHA512 -> new SHA512Digest(encoded);
                });
    }

    /** Which hash it is. */
    public Digest algorithm() {
        return algorithm;
    }

    /** Adds octets. */
    public void update(byte[] data) {
        engine.update(data, 0, data.length);
    }

    /** Completes the hash and starts over. */
    public byte[] digest() {
        byte[] digest = new byte[algorithm.size()];
        engine.doFinal(digest, 0);
        return digest;
    }

    /** A copy of the state. */
    public State state() {
        ByteBuffer encoded = ByteBuffer.wrap(((EncodableDigest) engine).getEncodedState());
        return algorithm.blockSize() == 64 ? decode32(algorithm, encoded) : decode64(algorithm, encoded);
    }

    private static State decode32(Digest algorithm, ByteBuffer encoded) {
        int partial = encoded.getInt(4);
        long[] chain = new long[algorithm == Digest.SHA1 ? 5 : 8];
        for (int i = 0; i < chain.length; i++) {
            chain[i] = encoded.getInt(HEADER_32 + 4 * i) & 0xffff_ffffL;
        }
        int words = encoded.getInt(HEADER_32 + 4 * chain.length);
        byte[] pending = new byte[words * 4 + partial];
        encoded.get(HEADER_32 + 4 * chain.length + 4, pending, 0, words * 4);
        encoded.get(0, pending, words * 4, partial);
        return new State(algorithm, chain, encoded.getLong(8), pending);
    }

    private static byte[] encode32(State state) {
        int words = state.pending.length / 4;
        int partial = state.pending.length % 4;
        ByteBuffer encoded = ByteBuffer.allocate(HEADER_32 + 4 * state.chain.length + 4 + words * 4 + 1);
        encoded.put(0, state.pending, words * 4, partial);
        encoded.putInt(4, partial).putLong(8, state.byteCount).position(HEADER_32);
        for (long word : state.chain) {
            encoded.putInt((int) word);
        }
        return encoded.putInt(words).put(state.pending, 0, words * 4).array();
    }

    private static State decode64(Digest algorithm, ByteBuffer encoded) {
        int partial = encoded.getInt(8);
        long[] chain = new long[8];
        for (int i = 0; i < chain.length; i++) {
            chain[i] = encoded.getLong(HEADER_64 + 8 * i);
        }
        int words = encoded.getInt(HEADER_64 + 64);
        byte[] pending = new byte[words * 8 + partial];
        encoded.get(HEADER_64 + 68, pending, 0, words * 8);
        encoded.get(0, pending, words * 8, partial);
        return new State(algorithm, chain, encoded.getLong(12), pending);
    }

    private static byte[] encode64(State state) {
        int words = state.pending.length / 8;
        int partial = state.pending.length % 8;
        ByteBuffer encoded = ByteBuffer.allocate(HEADER_64 + 68 + words * 8 + 1);
        encoded.put(0, state.pending, words * 8, partial);
        encoded.putInt(8, partial).putLong(12, state.byteCount).position(HEADER_64);
        for (long word : state.chain) {
            encoded.putLong(word);
        }
        return encoded.putInt(words).put(state.pending, 0, words * 8).array();
    }

    /**
     * The state of a hash: the fields of OpenSSL's SHA_CTX, SHA256_CTX and SHA512_CTX, which libtpms saves.
     *
     * @param algorithm the hash
     * @param chain the chaining value: five words of 32 bits with SHA-1, eight of them with SHA-256, eight words of 64
     *     bits with SHA-384 and SHA-512
     * @param byteCount octets hashed so far (eight times it are Nh and Nl)
     * @param pending the octets that do not yet fill a block (the first num octets of data); fewer than a block
     */
    public record State(Digest algorithm, long[] chain, long byteCount, byte[] pending) {
        public State {
            if (chain.length != (algorithm == Digest.SHA1 ? 5 : 8)
                    || byteCount < 0
                    || pending.length != byteCount % algorithm.blockSize()) {
                throw new IllegalArgumentException("not the state of " + algorithm);
            }
        }

        @Override
        public String toString() {
            return "HashSequence.State";
        }

        /** Overwrites the octets; a sequence may hold secrets. */
        public void wipe() {
            Arrays.fill(chain, 0);
            Arrays.fill(pending, (byte) 0);
        }
    }
}
