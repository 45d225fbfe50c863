package org.jswtpm.engine.wire;

import io.netty.buffer.ByteBuf;

/** Writes big-endian integers and octets; lengths are patched once what they measure is written. */
public final class WireWriter {
    private static final int INITIAL_SIZE = 256;

    private final ByteBuf out;

    /** A writer of messages and small structures. */
    public WireWriter() {
        this(INITIAL_SIZE);
    }

    /** A writer of about so many octets; it takes more, but has to move what it holds then. */
    public WireWriter(int expected) {
        out = new WipedBuffer(expected);
    }

    /** How many octets have been written. */
    public int size() {
        return out.writerIndex();
    }

    public WireWriter uint8(int value) {
        out.writeByte(value);
        return this;
    }

    public WireWriter uint16(int value) {
        out.writeShort(value);
        return this;
    }

    public WireWriter uint32(int value) {
        out.writeInt(value);
        return this;
    }

    public WireWriter uint64(long value) {
        out.writeLong(value);
        return this;
    }

    public WireWriter bytes(Bytes octets) {
        out.writeBytes(octets.array());
        return this;
    }

    public WireWriter octets(byte[] octets) {
        out.writeBytes(octets);
        return this;
    }

    /** A secret's octets, without a size. */
    public WireWriter secret(Secret octets) {
        out.writeBytes(octets.array());
        return this;
    }

    /** A TPM2B: the size in 16 bits, and the octets. */
    public WireWriter sized2(Bytes octets) {
        return uint16(octets.size()).bytes(octets);
    }

    /** A TPM2B of a secret. */
    public WireWriter secret2(Secret octets) {
        return uint16(octets.size()).secret(octets);
    }

    /** The size in 32 bits, and the octets, as TPM 1.2 has it. */
    public WireWriter sized4(Bytes octets) {
        return uint32(octets.size()).bytes(octets);
    }

    /** As {@link #sized4}, for a secret. */
    public WireWriter secret4(Secret octets) {
        return uint32(octets.size()).secret(octets);
    }

    /** Leaves room for a 16-bit size; give the result to {@link #endSized2}. */
    public int beginSized2() {
        int mark = out.writerIndex();
        out.writeShort(0);
        return mark;
    }

    /** Patches the size of all that was written since {@link #beginSized2} gave {@code mark}. */
    public void endSized2(int mark) {
        out.setShort(mark, out.writerIndex() - mark - 2);
    }

    /** Leaves room for a 32-bit size; give the result to {@link #endSized4}. */
    public int beginSized4() {
        int mark = out.writerIndex();
        out.writeInt(0);
        return mark;
    }

    /** Patches the size of all that was written since {@link #beginSized4} gave {@code mark}. */
    public void endSized4(int mark) {
        out.setInt(mark, out.writerIndex() - mark - 4);
    }

    /** Overwrites the 32 bits at {@code position}. */
    public void patchUint32(int position, int value) {
        out.setInt(position, value);
    }

    /** Overwrites octets that were written before, at {@code position}. */
    public void patch(int position, byte[] octets) {
        out.setBytes(position, octets);
    }

    /** A copy of {@code length} octets written at {@code position}. */
    public byte[] copy(int position, int length) {
        byte[] octets = new byte[length];
        out.getBytes(position, octets);
        return octets;
    }

    /** A copy of all that has been written. */
    public byte[] toArray() {
        return copy(0, size());
    }

    /** A copy of all that has been written. */
    public Bytes toBytes() {
        return Bytes.wrap(toArray());
    }

    /** Zeroes all that was written; for a buffer that held secrets. */
    public void wipe() {
        out.setZero(0, out.capacity());
        out.clear();
    }
}
