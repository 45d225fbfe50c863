package org.jswtpm.engine.tpm12.structure;

/**
 * The bits of TPM_NV_ATTRIBUTES (Part 2, 19.2).
 *
 * @param bits as on the wire
 */
public record NvPermission(int bits) {
    public static final int READ_STCLEAR = 0x8000_0000;
    public static final int AUTHREAD = 0x0004_0000;
    public static final int OWNERREAD = 0x0002_0000;
    public static final int PPREAD = 0x0001_0000;
    public static final int GLOBALLOCK = 0x0000_8000;
    public static final int WRITE_STCLEAR = 0x0000_4000;
    public static final int WRITEDEFINE = 0x0000_2000;
    public static final int WRITEALL = 0x0000_1000;
    public static final int AUTHWRITE = 0x0000_0004;
    public static final int OWNERWRITE = 0x0000_0002;
    public static final int PPWRITE = 0x0000_0001;

    /** Whether one of the bits of {@code mask} is set. */
    public boolean has(int mask) {
        return (bits & mask) != 0;
    }
}
