package org.jswtpm.engine.tpm2.nv;

/**
 * The account of the room in NV, in libtpms' terms: how many octets its C structures take there. Whether an Index or an
 * object still fits must be answered as libtpms answers it, or a state that one of the two filled would not fit the other.
 */
final class NvSpace {
    /** NV_MEMORY_SIZE. */
    private static final int MEMORY_SIZE = 128 * 1024 + 65 * 704;
    /** NV_USER_DYNAMIC: the fixed part of NV ends here, and the entries begin. */
    private static final int FIXED_SIZE = 5632;
    /** Each entry begins with its size. */
    private static final int ENTRY_HEADER = 4;

    private static final int HANDLE = 4;
    /** sizeof(NV_INDEX). */
    private static final int INDEX = 148;
    /** sizeof(RSA3072_OBJECT), the form of a persistent object up to StateFormatLevel 1. */
    static final int OBJECT = 2600;
    /** sizeof(OBJECT): what is kept free for each object that can be made persistent yet. */
    private static final int RESERVED_OBJECT = ENTRY_HEADER + HANDLE + 3312;

    private static final int RESERVED_COUNTER = ENTRY_HEADER + INDEX + Long.BYTES;
    /** NV_LIST_TERMINATOR: a size of zero, and the greatest count of any counter that was deleted. */
    private static final int TERMINATOR = 12;

    static final int MIN_EVICT_OBJECTS = 7;
    private static final int MIN_COUNTER_INDICES = 8;

    /** RAM_INDEX_SPACE. */
    private static final int RAM_SIZE = 512;

    private static final int RAM_HEADER = 12;

    private int used;
    private int ramUsed;
    private int objects;
    private int counters;

    void clear() {
        used = 0;
        ramUsed = 0;
        objects = 0;
        counters = 0;
    }

    /** Whether an Index with {@code dataSize} octets fits. */
    boolean fitsIndex(int dataSize, boolean orderly, boolean counter) {
        int reserved = reservedForObjects() + (counter ? 0 : reservedForCounters());
        return fits(INDEX + (orderly ? 0 : dataSize), reserved)
                && (!orderly || RAM_SIZE - ramUsed >= RAM_HEADER + dataSize);
    }

    /** Whether one more object of {@code size} octets fits. */
    boolean fitsObject(int size) {
        return fits(size + HANDLE, reservedForCounters());
    }

    void addIndex(int dataSize, boolean orderly, boolean counter) {
        changeIndex(dataSize, orderly, counter, 1);
    }

    void removeIndex(int dataSize, boolean orderly, boolean counter) {
        changeIndex(dataSize, orderly, counter, -1);
    }

    private void changeIndex(int dataSize, boolean orderly, boolean counter, int by) {
        used += by * indexEntry(orderly ? 0 : dataSize);
        ramUsed += orderly ? by * (RAM_HEADER + dataSize) : 0;
        counters += counter ? by : 0;
    }

    void addObject(int size) {
        used += objectEntry(size);
        objects++;
    }

    void removeObject(int size) {
        used -= objectEntry(size);
        objects--;
    }

    /** Octets of an entry for an Index with {@code dataSize} octets in NV. */
    static int indexEntry(int dataSize) {
        return ENTRY_HEADER + INDEX + dataSize;
    }

    /** Octets of an entry for an object of {@code size} octets. */
    static int objectEntry(int size) {
        return ENTRY_HEADER + HANDLE + size;
    }

    /** Octets that all entries may take. */
    static int capacity() {
        return MEMORY_SIZE - FIXED_SIZE;
    }

    /** Octets that all entries take. */
    int used() {
        return used;
    }

    /** Octets that the orderly Indices take in RAM. */
    int ramUsed() {
        return ramUsed;
    }

    int objects() {
        return objects;
    }

    int counters() {
        return counters;
    }

    /** TPM_PT_HR_PERSISTENT_AVAIL. */
    int objectsAvailable() {
        int available = free();
        int reserved = TERMINATOR + reservedForCounters();
        if (counters < MIN_COUNTER_INDICES) {
            available = Math.max(available - reserved, 0);
        }
        return available / RESERVED_OBJECT;
    }

    /** TPM_PT_NV_COUNTERS_AVAIL. */
    int countersAvailable() {
        int available = free();
        int reserved = TERMINATOR + reservedForObjects();
        if (objects < MIN_EVICT_OBJECTS) {
            available = Math.max(available - reserved, 0);
        }
        return Math.min(available / RESERVED_COUNTER, (RAM_SIZE - ramUsed) / (RAM_HEADER + Long.BYTES));
    }

    private boolean fits(int size, int reservedForOthers) {
        int reserved = ENTRY_HEADER + TERMINATOR + reservedForOthers;
        return reserved < free() && size + reserved <= free();
    }

    private int free() {
        return capacity() - used;
    }

    private int reservedForObjects() {
        return Math.max(MIN_EVICT_OBJECTS - objects, 0) * RESERVED_OBJECT;
    }

    private int reservedForCounters() {
        return Math.max(MIN_COUNTER_INDICES - counters, 0) * RESERVED_COUNTER;
    }
}
