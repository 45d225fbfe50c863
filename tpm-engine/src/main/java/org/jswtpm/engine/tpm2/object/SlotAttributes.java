package org.jswtpm.engine.tpm2.object;

import org.jswtpm.engine.tpm2.structure.Handle;

/**
 * What the TPM itself knows of a loaded object: OBJECT_ATTRIBUTES of libtpms, in the layout in which saved states and
 * contexts carry it.
 *
 * @param bits the 32 bits
 */
public record SlotAttributes(int bits) {
    /** The sensitive area is not loaded. */
    public static final int PUBLIC_ONLY = 1;
    /** In the endorsement hierarchy. */
    public static final int EPS_HIERARCHY = 1 << 1;
    /** In the platform hierarchy. */
    public static final int PPS_HIERARCHY = 1 << 2;
    /** In the storage hierarchy. */
    public static final int SPS_HIERARCHY = 1 << 3;
    /** Persistent, or the copy of a persistent object that is loaded for one command. */
    public static final int EVICT = 1 << 4;
    /** Made from a primary seed. */
    public static final int PRIMARY = 1 << 5;
    /** In the null hierarchy, or external. */
    public static final int TEMPORARY = 1 << 6;
    /** It, or an ancestor, has stClear. */
    public static final int ST_CLEAR = 1 << 7;

    public static final int HMAC_SEQ = 1 << 8;
    public static final int HASH_SEQ = 1 << 9;
    public static final int EVENT_SEQ = 1 << 10;
    /** Of a hash sequence: a ticket may be made. */
    public static final int TICKET_SAFE = 1 << 11;
    /** Of a hash sequence: the first block has come. */
    public static final int FIRST_BLOCK = 1 << 12;
    /** A storage key. */
    public static final int IS_PARENT = 1 << 13;
    /** Of an RSA key: the private exponent has been computed. */
    public static final int PRIVATE_EXP = 1 << 14;
    /** The slot is in use. */
    public static final int OCCUPIED = 1 << 15;
    /** A derivation parent. */
    public static final int DERIVATION = 1 << 16;
    /** Loaded by TPM2_LoadExternal. */
    public static final int EXTERNAL = 1 << 17;

    private static final int HIERARCHIES = EPS_HIERARCHY | PPS_HIERARCHY | SPS_HIERARCHY;
    private static final int SEQUENCES = HMAC_SEQ | HASH_SEQ | EVENT_SEQ;

    /** Whether all bits of {@code mask} are SET. */
    public boolean has(int mask) {
        return (bits & mask) == mask;
    }

    /** Whether any bit of {@code mask} is SET. */
    public boolean hasAny(int mask) {
        return (bits & mask) != 0;
    }

    /** These attributes with {@code mask} SET. */
    public SlotAttributes with(int mask) {
        return new SlotAttributes(bits | mask);
    }

    /** These attributes with {@code mask} CLEAR. */
    public SlotAttributes without(int mask) {
        return new SlotAttributes(bits & ~mask);
    }

    /** These attributes with {@code mask} SET or CLEAR. */
    SlotAttributes with(int mask, boolean set) {
        return set ? with(mask) : without(mask);
    }

    /** Whether this is a hash, HMAC or event sequence. */
    public boolean isSequence() {
        return hasAny(SEQUENCES);
    }

    /** Whether this is a sequence of one kind, as all are that no damaged state has brought. */
    public boolean isOneSequence() {
        return Integer.bitCount(bits & SEQUENCES) == 1;
    }

    /** The bits that say in which hierarchy an object is. */
    int hierarchyBits() {
        return bits & HIERARCHIES;
    }

    /** The bit for a hierarchy; none for the null hierarchy. */
    static int ofHierarchy(Handle hierarchy) {
        return switch (hierarchy.value()) {
            case 0x4000_0001 -> SPS_HIERARCHY;
            case 0x4000_000B -> EPS_HIERARCHY;
            case 0x4000_000C -> PPS_HIERARCHY;
            default -> 0;
        };
    }

    /** The hierarchy by these bits, as libtpms finds it for objects saved without one. */
    public Handle hierarchy() {
        if (has(SPS_HIERARCHY)) {
            return Handle.OWNER;
        }
        if (has(EPS_HIERARCHY)) {
            return Handle.ENDORSEMENT;
        }
        return has(PPS_HIERARCHY) ? Handle.PLATFORM : Handle.NULL;
    }
}
