package org.jswtpm.store.medium;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jswtpm.store.StoreError;
import org.jswtpm.store.StoreException;

/**
 * The header of a linear store ({@code docs/state/swtpm-files.md}, section 4), little-endian: where the contents of each
 * slot are.
 *
 * <pre>
 * | 0: magic, u64 | 8: version | 9: - | 10: header size, u16 | 12: 15 times { offset, length, section length: u32 } |
 * </pre>
 */
final class LinearHeader {
    static final int SIZE = 192;

    private static final long MAGIC = 0x737774706D6C696EL; // "swtpmlin"
    private static final int VERSION = 1;
    private static final int SLOTS = 15;
    private static final int SLOTS_OFFSET = 12;
    private static final long UINT32 = 0xFFFF_FFFFL;

    private final long[] offset = new long[SLOTS]; // 0: the slot is empty
    private final long[] length = new long[SLOTS];
    private final long[] section = new long[SLOTS];

    /** Whether {@code octets}, as many as the store has but at most {@link #SIZE}, begin with the magic. */
    static boolean isThere(byte[] octets) {
        return octets.length >= Long.BYTES && littleEndian(octets).getLong(0) == MAGIC;
    }

    /** Reads and checks the header of a store of {@code storeSize} octets. */
    static LinearHeader read(byte[] octets, long storeSize) throws StoreException {
        if (octets.length < SIZE) {
            throw new StoreException(
                    StoreError.BAD_DATASIZE, "only " + octets.length + " octets, too few for a header");
        }
        ByteBuffer in = littleEndian(octets);
        int version = in.get(8) & 0xff;
        if (version > VERSION) {
            throw new StoreException(StoreError.BAD_VERSION, "unknown version " + version + " of the linear store");
        }
        int headerSize = in.getShort(10) & 0xffff;
        if (headerSize != SIZE) {
            throw new StoreException(StoreError.BAD_DATASIZE, "header size is " + headerSize + " in place of " + SIZE);
        }
        LinearHeader header = new LinearHeader();
        in.position(SLOTS_OFFSET);
        for (int slot = 0; slot < SLOTS; slot++) {
            header.offset[slot] = in.getInt() & UINT32;
            header.length[slot] = in.getInt() & UINT32;
            header.section[slot] = in.getInt() & UINT32;
        }
        header.check(storeSize);
        return header;
    }

    private void check(long storeSize) throws StoreException {
        for (int slot = 0; slot < SLOTS; slot++) {
            if (offset[slot] == 0) {
                if (length[slot] != 0 || section[slot] != 0) { // it was not, and an empty slot means a new TPM
                    throw new StoreException(StoreError.FAIL, "slot " + slot + " is empty but has a length");
                }
                continue;
            }
            if (length[slot]
                    == 0) { // a state file is never empty, and what has no length would not be kept free of others
                throw new StoreException(StoreError.FAIL, "slot " + slot + " has no contents");
            }
            if (offset[slot] < SIZE || offset[slot] + section[slot] > storeSize || length[slot] > section[slot]) {
                throw new StoreException(StoreError.FAIL, "the section of slot " + slot + " is not within the store");
            }
            for (int other = 0; other < slot; other++) {
                if (offset[other] != 0
                        && offset[slot] < offset[other] + section[other]
                        && offset[other] < offset[slot] + section[slot]) {
                    throw new StoreException(
                            StoreError.FAIL, "the sections of slots " + other + " and " + slot + " overlap");
                }
            }
        }
    }

    byte[] toBytes() {
        byte[] octets = new byte[SIZE];
        ByteBuffer out = littleEndian(octets);
        out.putLong(MAGIC).put((byte) VERSION).put((byte) 0).putShort((short) SIZE);
        for (int slot = 0; slot < SLOTS; slot++) {
            out.putInt((int) offset[slot]).putInt((int) length[slot]).putInt((int) section[slot]);
        }
        return octets;
    }

    private static ByteBuffer littleEndian(byte[] octets) {
        return ByteBuffer.wrap(octets).order(ByteOrder.LITTLE_ENDIAN);
    }

    boolean isUsed(int slot) {
        return offset[slot] != 0;
    }

    long offset(int slot) {
        return offset[slot];
    }

    /** Octets of the contents. */
    long length(int slot) {
        return length[slot];
    }

    /** Where the last section ends. */
    long end() {
        long end = SIZE;
        for (int slot = 0; slot < SLOTS; slot++) {
            if (offset[slot] != 0) {
                end = Math.max(end, offset[slot] + section[slot]);
            }
        }
        return end;
    }

    /**
     * The lowest offset at which {@code room} octets overwrite no contents.
     *
     * @param besides a slot whose contents may be overwritten, or -1
     */
    long free(long room, int besides) {
        long candidate = SIZE;
        for (int i = 0; i <= SLOTS; i++) { // each time, a section in the way moves the candidate behind itself
            int inTheWay = overlapping(candidate, room, besides);
            if (inTheWay < 0) {
                break;
            }
            candidate = offset[inTheWay] + reserved(inTheWay);
        }
        return candidate;
    }

    private int overlapping(long from, long room, int besides) {
        for (int slot = 0; slot < SLOTS; slot++) {
            if (offset[slot] != 0
                    && slot != besides
                    && from < offset[slot] + reserved(slot)
                    && offset[slot] < from + room) {
                return slot;
            }
        }
        return -1;
    }

    /** What a section needs for its contents; it can be longer only because the rest was free. */
    private long reserved(int slot) {
        return Math.min(section[slot], sectionLength(length[slot]));
    }

    /** The length of a section for {@code length} octets: the next power of two. */
    static long sectionLength(long length) {
        long highest = Long.highestOneBit(length);
        return highest == length ? length : highest << 1;
    }

    /** Gives {@code slot} a section, which the caller knows to be free. */
    void put(int slot, long newOffset, long newLength, long newSection) {
        offset[slot] = newOffset;
        length[slot] = newLength;
        section[slot] = newSection;
        closeGaps();
    }

    /** Empties {@code slot}. */
    void clear(int slot) {
        offset[slot] = 0;
        length[slot] = 0;
        section[slot] = 0;
        closeGaps();
    }

    /** Lets each section but the last reach to the next one, which swtpm takes for granted when it compacts. */
    private void closeGaps() {
        for (int slot = 0; slot < SLOTS; slot++) {
            long next = Long.MAX_VALUE;
            for (int other = 0; other < SLOTS; other++) {
                if (offset[other] > offset[slot]) {
                    next = Math.min(next, offset[other]);
                }
            }
            if (offset[slot] != 0) {
                section[slot] = next != Long.MAX_VALUE ? next - offset[slot] : reserved(slot);
            }
        }
    }
}
