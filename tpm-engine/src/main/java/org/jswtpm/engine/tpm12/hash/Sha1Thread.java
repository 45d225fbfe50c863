package org.jswtpm.engine.tpm12.hash;

import static org.jswtpm.engine.tpm12.structure.TpmResult.INVALID_STRUCTURE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.SHA_THREAD;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import java.util.Arrays;
import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.HashSequence;
import org.jswtpm.engine.tpm12.structure.TpmBool;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/**
 * A SHA-1 that runs over more than one command. In a state it has the fields of OpenSSL's SHA_CTX, whose data words hold the
 * octets of an unfinished block as a little-endian machine reads them.
 */
public final class Sha1Thread {
    private static final int OPENSSL_V1 = 0x0001;
    private static final int CHAIN_WORDS = 5;
    private static final int BLOCK_SIZE = 64;
    private static final int BITS_SHIFT = 3;

    private HashSequence sequence;

    /** Begins anew. */
    public void start() {
        sequence = HashSequence.of(Digest.SHA1);
    }

    /** Whether one runs. */
    public boolean isRunning() {
        return sequence != null;
    }

    /** Adds octets; TPM_SHA_THREAD if none runs. */
    public void update(byte[] data) {
        check(isRunning(), SHA_THREAD);
        sequence.update(data);
    }

    /** Gives the digest and ends; TPM_SHA_THREAD if none runs. */
    public byte[] complete() {
        check(isRunning(), SHA_THREAD);
        byte[] digest = sequence.digest();
        sequence = null;
        return digest;
    }

    /** Ends without a digest. */
    public void cancel() {
        sequence = null;
    }

    public void marshal(WireWriter out) {
        TpmBool.marshal(isRunning(), out);
        if (!isRunning()) {
            return;
        }
        HashSequence.State state = sequence.state();
        out.uint16(OPENSSL_V1);
        for (int i = 0; i < CHAIN_WORDS; i++) {
            out.uint32((int) state.chain()[i]);
        }
        long bits = state.byteCount() << BITS_SHIFT;
        out.uint32((int) bits).uint32((int) (bits >>> Integer.SIZE));
        byte[] block = Arrays.copyOf(state.pending(), BLOCK_SIZE);
        for (int i = 0; i < BLOCK_SIZE; i += Integer.BYTES) {
            out.uint8(block[i + 3]).uint8(block[i + 2]).uint8(block[i + 1]).uint8(block[i]);
        }
        out.uint32(state.pending().length);
        state.wipe();
    }

    /** Reads what {@link #marshal} writes. */
    public void unmarshal(WireReader in) {
        sequence = null;
        if (!TpmBool.unmarshal(in)) {
            return;
        }
        check(in.uint16() == OPENSSL_V1, INVALID_STRUCTURE);
        long[] chain = new long[CHAIN_WORDS];
        for (int i = 0; i < CHAIN_WORDS; i++) {
            chain[i] = in.unsigned32();
        }
        long lowBits = in.unsigned32();
        long count = (in.unsigned32() << Integer.SIZE | lowBits) >>> BITS_SHIFT;
        byte[] block = new byte[BLOCK_SIZE];
        for (int i = 0; i < BLOCK_SIZE; i += Integer.BYTES) {
            int word = Integer.reverseBytes(in.uint32());
            block[i] = (byte) (word >> 24);
            block[i + 1] = (byte) (word >> 16);
            block[i + 2] = (byte) (word >> 8);
            block[i + 3] = (byte) word;
        }
        int pending = in.uint32();
        check(pending == count % BLOCK_SIZE, INVALID_STRUCTURE);
        sequence =
                HashSequence.restore(new HashSequence.State(Digest.SHA1, chain, count, Arrays.copyOf(block, pending)));
    }
}
