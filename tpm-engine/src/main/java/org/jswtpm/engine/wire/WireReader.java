package org.jswtpm.engine.wire;

import java.nio.ByteBuffer;

/**
 * Reads big-endian integers and octets, and never past the end. Which response codes tell of a fault is the protocol's
 * choice: it gives them in {@link Faults}.
 */
public final class WireReader {
    /**
     * @param insufficient the code where octets are missing; TPM_RC_INSUFFICIENT in TPM 2.0
     * @param size the code where a size field exceeds its limit; TPM_RC_SIZE in TPM 2.0
     */
    public record Faults(int insufficient, int size) {}

    private final ByteBuffer in;
    private final Faults faults;

    private WireReader(ByteBuffer in, Faults faults) {
        this.in = in;
        this.faults = faults;
    }

    /** Reads {@code octets}, which must not change meanwhile. */
    public static WireReader over(byte[] octets, Faults faults) {
        return new WireReader(ByteBuffer.wrap(octets), faults);
    }

    /** Reads {@code octets}. */
    public static WireReader over(Bytes octets, Faults faults) {
        return over(octets.array(), faults);
    }

    /** How many octets are left. */
    public int remaining() {
        return in.remaining();
    }

    /** How many octets have been read. */
    public int position() {
        return in.position();
    }

    /** 0 to 255. */
    public int uint8() {
        need(1);
        return in.get() & 0xff;
    }

    /** 0 to 65535. */
    public int uint16() {
        need(2);
        return in.getShort() & 0xffff;
    }

    /** 32 bits as they are; handles and attribute words. */
    public int uint32() {
        need(4);
        return in.getInt();
    }

    /** 0 to 2^32 - 1. */
    public long unsigned32() {
        need(4);
        return in.getInt() & 0xffff_ffffL;
    }

    /** 64 bits as they are. */
    public long uint64() {
        need(8);
        return in.getLong();
    }

    /** The next {@code size} octets. */
    public Bytes bytes(int size) {
        return Bytes.wrap(octets(size));
    }

    /** The next {@code size} octets as an array of the caller's. */
    public byte[] octets(int size) {
        need(size);
        byte[] octets = new byte[size];
        in.get(octets);
        return octets;
    }

    /** A TPM2B: a 16-bit size, at most {@code max}, and so many octets. */
    public Bytes sized2(int max) {
        return bytes(size2(max));
    }

    /** A TPM2B that is a secret. */
    public Secret secret2(int max) {
        return Secret.take(octets(size2(max)));
    }

    /** A 32-bit size, at most {@code max}, and so many octets, as TPM 1.2 has it. */
    public Bytes sized4(int max) {
        return bytes(size4(max));
    }

    /** As {@link #sized4}, for octets that are a secret. */
    public Secret secret4(int max) {
        return Secret.take(octets(size4(max)));
    }

    /** The next {@code size} octets, which are a secret. */
    public Secret secret(int size) {
        return Secret.take(octets(size));
    }

    private int size4(int max) {
        long size = unsigned32();
        if (size > max) {
            throw new TpmException(faults.size);
        }
        return (int) size;
    }

    /** A 16-bit size, at most {@code max}; the octets are not read, and may be fewer. */
    public int size2(int max) {
        int size = uint16();
        if (size > max) {
            throw new TpmException(faults.size);
        }
        return size;
    }

    /** A reader of the next {@code size} octets alone; this reader goes on behind them. */
    public WireReader slice(int size) {
        need(size);
        WireReader slice = new WireReader(in.slice(in.position(), size), faults);
        skip(size);
        return slice;
    }

    /** The 32 bits {@code offset} octets ahead, without reading them. */
    public int peekUint32(int offset) {
        if (in.remaining() - offset < 4) {
            throw new TpmException(faults.insufficient);
        }
        return in.getInt(in.position() + offset);
    }

    /** Skips {@code size} octets. */
    public void skip(int size) {
        need(size);
        in.position(in.position() + size);
    }

    private void need(int size) {
        if (size < 0 || in.remaining() < size) {
            throw new TpmException(faults.insufficient);
        }
    }
}
