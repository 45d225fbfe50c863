package org.jswtpm.engine.tpm2.state;

import static org.jswtpm.engine.tpm2.state.StateBlock.ANY_HASH_STATE;
import static org.jswtpm.engine.tpm2.state.StateBlock.HASH_STATE;
import static org.jswtpm.engine.tpm2.state.StateBlock.HASH_STATE_SHA1;
import static org.jswtpm.engine.tpm2.state.StateBlock.HASH_STATE_SHA256;
import static org.jswtpm.engine.tpm2.state.StateBlock.HASH_STATE_SHA384;
import static org.jswtpm.engine.tpm2.state.StateBlock.HASH_STATE_SHA512;

import java.util.Arrays;
import java.util.Optional;
import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.HashSequence;
import org.jswtpm.engine.wire.WireWriter;

/** Reads and writes HASH_STATE: the fields of OpenSSL's SHA_CTX, SHA256_CTX and SHA512_CTX. */
final class HashStateCodec {
    static final int TYPE_HASH = 1;
    static final int TYPE_HMAC = 2;

    private static final int TYPE_NONE = 0;
    private static final int NO_ALGORITHM = 0;

    private HashStateCodec() {}

    static void write(HashSequence.State state, int type, WireWriter out) {
        writeHead(type, state.algorithm().algId(), out);
        StateBlock block = blockOf(state.algorithm());
        StateWriter.header(out, block);
        writeContext(state, out);
        StateWriter.end(out);
        writeTail(out);
        state.wipe();
    }

    /** Writes the state of a hash that does not run. */
    static void writeNone(WireWriter out) {
        writeHead(TYPE_NONE, NO_ALGORITHM, out);
        writeTail(out);
    }

    private static void writeHead(int type, int algorithm, WireWriter out) {
        StateWriter.header(out, HASH_STATE);
        out.uint8(type).uint16(algorithm);
        StateWriter.header(out, ANY_HASH_STATE);
    }

    private static void writeTail(WireWriter out) {
        StateWriter.end(out);
        StateWriter.end(out);
    }

    private static void writeContext(HashSequence.State state, WireWriter out) {
        boolean isWide = state.algorithm().blockSize() == 128;
        boolean isSha1 = state.algorithm() == Digest.SHA1;
        long[] chain = state.chain();
        if (!isSha1) {
            out.uint16(chain.length);
        }
        for (long word : chain) {
            writeWord(word, isWide, out);
        }
        long bits = state.byteCount() * Byte.SIZE;
        writeWord(isWide ? bits : bits & 0xffff_ffffL, isWide, out);
        writeWord(isWide ? 0 : bits >>> Integer.SIZE, isWide, out);
        byte[] block = Arrays.copyOf(state.pending(), state.algorithm().blockSize());
        out.uint16(block.length).octets(block);
        Arrays.fill(block, (byte) 0);
        out.uint32(state.pending().length);
        if (!isSha1) {
            out.uint32(state.algorithm().size());
        }
    }

    private static void writeWord(long word, boolean isWide, WireWriter out) {
        if (isWide) {
            out.uint64(word);
        } else {
            out.uint32((int) word);
        }
    }

    /** Reads a state; empty if it is that of a hash that does not run. */
    static Optional<HashSequence.State> read(StateReader in) {
        int version = in.header(HASH_STATE);
        in.at("HASH_STATE.type").uint8();
        int algorithm = in.at("HASH_STATE.hashAlg").uint16();
        int anyVersion = in.header(ANY_HASH_STATE);
        Digest digest = Digest.of(algorithm);
        Optional<HashSequence.State> state = digest == null ? Optional.empty() : Optional.of(readContext(in, digest));
        in.at("ANY_HASH_STATE").end(anyVersion);
        in.at("HASH_STATE").end(version);
        return state;
    }

    private static HashSequence.State readContext(StateReader in, Digest digest) {
        StateBlock block = blockOf(digest);
        int version = in.header(block);
        boolean isWide = digest.blockSize() == 128;
        long[] chain = new long[digest == Digest.SHA1 ? 5 : 8];
        if (digest != Digest.SHA1) {
            in.at("HASH_STATE.h, its size").count(chain.length);
        }
        in.at("HASH_STATE.h");
        for (int i = 0; i < chain.length; i++) {
            chain[i] = readWord(in, isWide);
        }
        in.at("HASH_STATE.Nl, Nh");
        long low = readWord(in, isWide);
        long high = readWord(in, isWide);
        long bits = isWide ? low : high << Integer.SIZE | low;
        in.at("HASH_STATE.data, its size").count(digest.blockSize());
        byte[] data = in.at("HASH_STATE.data").octets(digest.blockSize());
        int filled = in.at("HASH_STATE.num").uint32();
        if (digest != Digest.SHA1) {
            in.at("HASH_STATE.md_len").uint32();
        }
        long count = bits >>> 3;
        if (filled != count % digest.blockSize() || isWide && high != 0 || bits % Byte.SIZE != 0) {
            throw in.fault("does not fit the count of octets");
        }
        in.at("HASH_STATE, its context").end(version);
        HashSequence.State state = new HashSequence.State(digest, chain, count, Arrays.copyOf(data, filled));
        Arrays.fill(data, (byte) 0);
        return state;
    }

    private static long readWord(StateReader in, boolean isWide) {
        return isWide ? in.uint64() : in.uint32() & 0xffff_ffffL;
    }

    private static StateBlock blockOf(Digest digest) {
        return switch (digest) {
            case SHA1 -> HASH_STATE_SHA1;
            case SHA256 -> HASH_STATE_SHA256;
            case SHA384 -> HASH_STATE_SHA384;
            case SHA512 -> HASH_STATE_SHA512;
        };
    }
}
