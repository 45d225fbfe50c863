package org.jswtpm.engine.tpm12.structure;

/** The handles that always mean the same (Part 2, 4.4.1). */
public final class ReservedHandle {
    public static final int SRK = 0x4000_0000;
    public static final int OWNER = 0x4000_0001;
    public static final int REVOKE = 0x4000_0002;
    public static final int TRANSPORT = 0x4000_0003;
    public static final int OPERATOR = 0x4000_0004;
    public static final int ADMIN = 0x4000_0005;
    public static final int EK = 0x4000_0006;

    private static final int TYPE_MASK = 0xFF00_0000;

    private ReservedHandle() {}

    /** Whether a handle is of the reserved range, which no key gets. */
    public static boolean isReserved(int handle) {
        return (handle & TYPE_MASK) == SRK;
    }
}
