package org.jswtpm.store.format;

import org.jswtpm.store.StoreError;
import org.jswtpm.store.StoreException;

/**
 * The header before each state file and migration blob ({@code docs/state/swtpm-files.md}, section 2), checked.
 *
 * <pre>
 * | 0: version | 1: oldest reader | 2: header size, u16 | 4: flags, u16 | 6: total length, u32 |
 * </pre>
 *
 * @param version 1 or 2
 * @param flags an OR of the flags below, in a combination that is allowed
 */
public record BlobHeader(int version, int flags) {
    /** Octets. */
    public static final int SIZE = 10;

    /** Encrypted with the state key. */
    public static final int ENCRYPTED = 0x01;
    /** Encrypted with the migration key. */
    public static final int MIGRATION_ENCRYPTED = 0x02;
    /** A migration blob. */
    public static final int MIGRATION_DATA = 0x04;
    /** The state key has 256 bits. */
    public static final int KEY_256 = 0x08;
    /** The migration key has 256 bits. */
    public static final int MIGRATION_KEY_256 = 0x10;

    private static final int KNOWN_FLAGS =
            ENCRYPTED | MIGRATION_ENCRYPTED | MIGRATION_DATA | KEY_256 | MIGRATION_KEY_256;
    private static final int NEWEST = 2;
    private static final int OLDEST_READER = 1;

    /** Reads and checks the header of {@code file}, whose length it must state. */
    public static BlobHeader read(byte[] file) throws StoreException {
        if (file.length < SIZE) {
            throw new StoreException(StoreError.BAD_PARAMETER, "only " + file.length + " octets, too few for a header");
        }
        long length = BigEndian.uint32(file, 6);
        if (length != file.length) {
            throw new StoreException(
                    StoreError.BAD_PARAMETER, "header says " + length + " octets, there are " + file.length);
        }
        int oldestReader = file[1] & 0xff;
        if (oldestReader > NEWEST) {
            throw new StoreException(
                    StoreError.BAD_VERSION, "needs a reader of version " + oldestReader + ", this is " + NEWEST);
        }
        int headerSize = BigEndian.uint16(file, 2);
        if (headerSize != SIZE) {
            throw new StoreException(StoreError.BAD_DATASIZE, "header size is " + headerSize + " in place of " + SIZE);
        }
        int version = file[0] & 0xff;
        if (version == 0 || version > NEWEST) {
            throw new StoreException(StoreError.BAD_VERSION, "unknown version " + version);
        }
        int flags = BigEndian.uint16(file, 4);
        checkFlags(version, flags);
        return new BlobHeader(version, flags);
    }

    private static void checkFlags(int version, int flags) throws StoreException {
        if ((flags & ~KNOWN_FLAGS) != 0) {
            throw new StoreException(StoreError.BAD_VERSION, "unknown flags 0x" + Integer.toHexString(flags));
        }
        boolean consistent = implies(flags, KEY_256, ENCRYPTED)
                && implies(flags, MIGRATION_KEY_256, MIGRATION_ENCRYPTED)
                && (version == 1 || implies(flags, MIGRATION_ENCRYPTED, MIGRATION_DATA));
        if (!consistent) {
            throw new StoreException(
                    StoreError.FAIL, "flags 0x" + Integer.toHexString(flags) + " contradict each other");
        }
    }

    private static boolean implies(int flags, int flag, int other) {
        return (flags & flag) == 0 || (flags & other) != 0;
    }

    /** Writes a version-2 header to the front of {@code file}, which is complete behind it. */
    public static void write(byte[] file, int flags) {
        file[0] = NEWEST;
        file[1] = OLDEST_READER;
        BigEndian.putUint16(file, 2, SIZE);
        BigEndian.putUint16(file, 4, flags);
        BigEndian.putUint32(file, 6, file.length);
    }

    /** Whether {@code flag} is set. */
    public boolean has(int flag) {
        return (flags & flag) != 0;
    }
}
