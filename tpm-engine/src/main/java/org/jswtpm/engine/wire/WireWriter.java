package org.jswtpm.engine.wire;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Writes big-endian integers and octets; lengths are patched once what they measure is written. */
public final class WireWriter {
    private static final int INITIAL_SIZE = 256;

    private ByteBuffer out;

    /** A writer of messages and small structures. */
    public WireWriter() {
        this(INITIAL_SIZE);
    }

    /** A writer of about so many octets; it takes more, but has to move what it holds then. */
    public WireWriter(int expected) {
        out = ByteBuffer.allocate(expected);
    }

    /** How many octets have been written. */
    public int size() {
        return out.position();
    }

    public WireWriter uint8(int value) {
        room(1).put((byte) value);
        return this;
    }

    public WireWriter uint16(int value) {
        room(Short.BYTES).putShort((short) value);
        return this;
    }

    public WireWriter uint32(int value) {
        room(Integer.BYTES).putInt(value);
        return this;
    }

    public WireWriter uint64(long value) {
        room(Long.BYTES).putLong(value);
        return this;
    }

    public WireWriter bytes(Bytes octets) {
        room(octets.array().length).put(octets.array());
        return this;
    }

    public WireWriter octets(byte[] octets) {
        room(octets.length).put(octets);
        return this;
    }

    /** A secret's octets, without a size. */
    public WireWriter secret(Secret octets) {
        room(octets.array().length).put(octets.array());
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
        int mark = out.position();
        room(Short.BYTES).putShort((short) 0);
        return mark;
    }

    /** Patches the size of all that was written since {@link #beginSized2} gave {@code mark}. */
    public void endSized2(int mark) {
        out.putShort(mark, (short) (out.position() - mark - 2));
    }

    /** Leaves room for a 32-bit size; give the result to {@link #endSized4}. */
    public int beginSized4() {
        int mark = out.position();
        room(Integer.BYTES).putInt(0);
        return mark;
    }

    /** Patches the size of all that was written since {@link #beginSized4} gave {@code mark}. */
    public void endSized4(int mark) {
        out.putInt(mark, out.position() - mark - 4);
    }

    /** Overwrites the 32 bits at {@code position}. */
    public void patchUint32(int position, int value) {
        out.putInt(position, value);
    }

    /** Overwrites octets that were written before, at {@code position}. */
    public void patch(int position, byte[] octets) {
        out.put(position, octets);
    }

    /** A copy of {@code length} octets written at {@code position}. */
    public byte[] copy(int position, int length) {
        byte[] octets = new byte[length];
        out.get(position, octets);
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
        Arrays.fill(out.array(), (byte) 0);
        out.clear();
    }

    /** What holds the octets now, and is wiped. */
    byte[] array() {
        return out.array();
    }

    /** The buffer, with room for so many octets more. When it grows, it leaves no copy of what may be secret behind. */
    private ByteBuffer room(int more) {
        if (out.remaining() < more) {
            ByteBuffer larger = ByteBuffer.allocate(Math.max(2 * out.capacity(), Math.addExact(out.position(), more)));
            larger.put(out.array(), 0, out.position());
            Arrays.fill(out.array(), (byte) 0);
            out = larger;
        }
        return out;
    }
}
