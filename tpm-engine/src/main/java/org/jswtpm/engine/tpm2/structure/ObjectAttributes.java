package org.jswtpm.engine.tpm2.structure;

import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPMA_OBJECT (Part 2, 8.3).
 *
 * @param bits the 32 bits on the wire
 */
public record ObjectAttributes(int bits) {
    public static final int FIXED_TPM = 1 << 1;
    public static final int ST_CLEAR = 1 << 2;
    public static final int FIXED_FIRMWARE = 1 << 3;
    public static final int FIXED_PARENT = 1 << 4;
    public static final int SENSITIVE_DATA_ORIGIN = 1 << 5;
    public static final int USER_WITH_AUTH = 1 << 6;
    public static final int ADMIN_WITH_POLICY = 1 << 7;
    public static final int FIRMWARE_LIMITED = 1 << 8;
    public static final int SVN_LIMITED = 1 << 9;
    public static final int NO_DA = 1 << 10;
    public static final int ENCRYPTED_DUPLICATION = 1 << 11;
    public static final int RESTRICTED = 1 << 16;
    public static final int DECRYPT = 1 << 17;
    public static final int SIGN = 1 << 18;
    public static final int X509_SIGN = 1 << 19;
    /** As libtpms has it: bit 3, fixedFirmware, counts as reserved. */
    private static final int RESERVED = 0xFFF0_F009;

    /** Else TPM_RC_RESERVED_BITS. */
    public static ObjectAttributes unmarshal(WireReader in) {
        int bits = in.uint32();
        TpmRc.check((bits & RESERVED) == 0, TpmRc.RESERVED_BITS);
        return new ObjectAttributes(bits);
    }

    /** Whether all bits of {@code mask} are SET. */
    public boolean has(int mask) {
        return (bits & mask) == mask;
    }

    public boolean fixedTpm() {
        return has(FIXED_TPM);
    }

    public boolean stClear() {
        return has(ST_CLEAR);
    }

    public boolean fixedParent() {
        return has(FIXED_PARENT);
    }

    public boolean sensitiveDataOrigin() {
        return has(SENSITIVE_DATA_ORIGIN);
    }

    public boolean userWithAuth() {
        return has(USER_WITH_AUTH);
    }

    public boolean adminWithPolicy() {
        return has(ADMIN_WITH_POLICY);
    }

    public boolean firmwareLimited() {
        return has(FIRMWARE_LIMITED);
    }

    public boolean svnLimited() {
        return has(SVN_LIMITED);
    }

    public boolean noDa() {
        return has(NO_DA);
    }

    public boolean encryptedDuplication() {
        return has(ENCRYPTED_DUPLICATION);
    }

    public boolean restricted() {
        return has(RESTRICTED);
    }

    public boolean decrypt() {
        return has(DECRYPT);
    }

    public boolean sign() {
        return has(SIGN);
    }

    public boolean x509Sign() {
        return has(X509_SIGN);
    }

    /** These attributes with {@code mask} SET. */
    public ObjectAttributes with(int mask) {
        return new ObjectAttributes(bits | mask);
    }

    /** These attributes with {@code mask} CLEAR. */
    public ObjectAttributes without(int mask) {
        return new ObjectAttributes(bits & ~mask);
    }

    public void marshal(WireWriter out) {
        out.uint32(bits);
    }
}
