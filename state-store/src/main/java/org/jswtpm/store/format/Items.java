package org.jswtpm.store.format;

import java.util.Arrays;
import org.jswtpm.store.StoreError;
import org.jswtpm.store.StoreException;

/**
 * A sequence of items, each tag (u16), length (u32), octets ({@code docs/state/swtpm-files.md}, section 2.2).
 *
 * <p>It lends the array it was read from, and is valid as long as that.
 */
public final class Items {
    /** Octets before the octets of an item. */
    public static final int ITEM_HEADER = 6;

    private static final int HIGHEST_TAG = Tag.MIGRATION_DATA_IV;

    private final byte[] octets;
    private final int[] offsets = new int[HIGHEST_TAG + 1]; // by tag; 0 where there is none
    private final int[] lengths = new int[HIGHEST_TAG + 1];

    private Items(byte[] octets) {
        this.octets = octets;
    }

    /**
     * Reads the sequence that takes all of {@code octets} behind {@code from}.
     *
     * @param allowed an OR of {@code 1 << tag}
     */
    public static Items read(byte[] octets, int from, int allowed) throws StoreException {
        Items items = new Items(octets);
        int at = from;
        while (at < octets.length) {
            if (octets.length - at < ITEM_HEADER) {
                throw new StoreException(StoreError.FAIL, "octets left over at offset " + at);
            }
            int tag = BigEndian.uint16(octets, at);
            long length = BigEndian.uint32(octets, at + 2);
            if (length > octets.length - at - ITEM_HEADER) {
                throw new StoreException(StoreError.FAIL, "item at offset " + at + " reaches past the end");
            }
            items.add(tag, at + ITEM_HEADER, (int) length, allowed);
            at += ITEM_HEADER + (int) length;
        }
        return items;
    }

    private void add(int tag, int offset, int length, int allowed) throws StoreException {
        if (tag > HIGHEST_TAG || (allowed & 1 << tag) == 0) {
            throw new StoreException(StoreError.FAIL, "an item of tag " + tag + " does not belong here");
        }
        if (offsets[tag] != 0) {
            throw new StoreException(StoreError.FAIL, "two items of tag " + tag);
        }
        offsets[tag] = offset;
        lengths[tag] = length;
    }

    /** Whether there is an item of this tag. */
    public boolean has(int tag) {
        return offsets[tag] != 0;
    }

    /** A copy of the octets of the item, which must be there. */
    public byte[] get(int tag) throws StoreException {
        if (!has(tag)) {
            throw new StoreException(StoreError.FAIL, "there is no item of tag " + tag);
        }
        return Arrays.copyOfRange(octets, offsets[tag], offsets[tag] + lengths[tag]);
    }

    /** Writes one item to {@code target} and returns the offset behind it. */
    public static int put(byte[] target, int at, int tag, byte[] value) {
        BigEndian.putUint16(target, at, tag);
        BigEndian.putUint32(target, at + 2, value.length);
        System.arraycopy(value, 0, target, at + ITEM_HEADER, value.length);
        return at + ITEM_HEADER + value.length;
    }
}
