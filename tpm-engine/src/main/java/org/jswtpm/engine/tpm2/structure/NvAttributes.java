package org.jswtpm.engine.tpm2.structure;

import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPMA_NV, the attributes of an NV Index (Part 2, 13.4).
 *
 * @param bits the 32 bits as on the wire
 */
public record NvAttributes(int bits) {
    public static final int PPWRITE = 1;
    public static final int OWNERWRITE = 1 << 1;
    public static final int AUTHWRITE = 1 << 2;
    public static final int POLICYWRITE = 1 << 3;
    public static final int POLICY_DELETE = 1 << 10;
    public static final int WRITELOCKED = 1 << 11;
    public static final int WRITEALL = 1 << 12;
    public static final int WRITEDEFINE = 1 << 13;
    public static final int WRITE_STCLEAR = 1 << 14;
    public static final int GLOBALLOCK = 1 << 15;
    public static final int PPREAD = 1 << 16;
    public static final int OWNERREAD = 1 << 17;
    public static final int AUTHREAD = 1 << 18;
    public static final int POLICYREAD = 1 << 19;
    public static final int NO_DA = 1 << 25;
    public static final int ORDERLY = 1 << 26;
    public static final int CLEAR_STCLEAR = 1 << 27;
    public static final int READLOCKED = 1 << 28;
    public static final int WRITTEN = 1 << 29;
    public static final int PLATFORMCREATE = 1 << 30;
    public static final int READ_STCLEAR = 1 << 31;

    private static final int RESERVED = 0x01F0_0300;
    private static final int TYPE_SHIFT = 4;
    private static final int TYPE_MASK = 0xF;

    /** Reads it; TPM_RC_RESERVED_BITS if one of these is set. */
    public static NvAttributes unmarshal(WireReader in) {
        int bits = in.uint32();
        TpmRc.check((bits & RESERVED) == 0, TpmRc.RESERVED_BITS);
        return new NvAttributes(bits);
    }

    public void marshal(WireWriter out) {
        out.uint32(bits);
    }

    /** What kind of Index it is, or null where the type's four bits have no meaning. */
    public NvType type() {
        return NvType.of(bits >>> TYPE_SHIFT & TYPE_MASK);
    }

    /** Whether at least one bit of {@code mask}, one of the constants or an OR of them, is set. */
    public boolean has(int mask) {
        return (bits & mask) != 0;
    }

    /** These attributes and those of {@code mask}. */
    public NvAttributes with(int mask) {
        return new NvAttributes(bits | mask);
    }

    /** These attributes without those of {@code mask}. */
    public NvAttributes without(int mask) {
        return new NvAttributes(bits & ~mask);
    }

    public boolean isWritten() {
        return has(WRITTEN);
    }

    /** Whether the data live in RAM and go to NV at an orderly shutdown. */
    public boolean isOrderly() {
        return has(ORDERLY);
    }

    public boolean isPlatformCreated() {
        return has(PLATFORMCREATE);
    }

    public boolean isCounter() {
        return type() == NvType.COUNTER;
    }

    public boolean isPinPass() {
        return type() == NvType.PIN_PASS;
    }

    /** Whether the Index limits how often its auth value may be used or missed. */
    public boolean isPinCounted() {
        NvType type = type();
        return type == NvType.PIN_PASS || type == NvType.PIN_FAIL;
    }
}
