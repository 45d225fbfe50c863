package org.jswtpm.engine.tpm2.structure;

import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_HANDLE (Part 2, 7.1).
 *
 * @param value 32 bits; the most significant octet is the handle's type
 */
public record Handle(int value) {
    public static final int TYPE_PCR = 0x00;
    public static final int TYPE_NV_INDEX = 0x01;
    public static final int TYPE_HMAC_SESSION = 0x02;
    public static final int TYPE_POLICY_SESSION = 0x03;
    public static final int TYPE_PERMANENT = 0x40;
    public static final int TYPE_TRANSIENT = 0x80;
    public static final int TYPE_PERSISTENT = 0x81;
    public static final int TYPE_AC = 0x90;

    public static final Handle OWNER = new Handle(0x4000_0001);
    public static final Handle NULL = new Handle(0x4000_0007);
    public static final Handle UNASSIGNED = new Handle(0x4000_0008);
    /** TPM_RS_PW, the handle of a password authorization. */
    public static final Handle PASSWORD = new Handle(0x4000_0009);

    public static final Handle LOCKOUT = new Handle(0x4000_000A);
    public static final Handle ENDORSEMENT = new Handle(0x4000_000B);
    public static final Handle PLATFORM = new Handle(0x4000_000C);
    /** TPM_RH_PLATFORM_NV. */
    public static final Handle PLATFORM_NV = new Handle(0x4000_000D);

    private static final int FIRST_PLATFORM_PERSISTENT = 0x80_0000;

    /** Reads a handle without a check of its type. */
    public static Handle unmarshal(WireReader in) {
        return new Handle(in.uint32());
    }

    /** The handle's type, TPM_HT, 0 to 0xFF. */
    public int type() {
        return value >>> 24;
    }

    /** Whether this is a persistent handle of the platform's half, from 81800000 on. */
    public boolean isPlatformPersistent() {
        return type() == TYPE_PERSISTENT && index() >= FIRST_PLATFORM_PERSISTENT;
    }

    /** The low 24 bits. */
    public int index() {
        return value & 0x00FF_FFFF;
    }

    /** Whether this is in the range of handles of HMAC and policy sessions. */
    public boolean isSession() {
        return (type() == TYPE_HMAC_SESSION || type() == TYPE_POLICY_SESSION)
                && index() < TpmLimits.MAX_ACTIVE_SESSIONS;
    }

    /** The Name of an entity whose Name is its handle: PCR, session, permanent (Part 1, 16). */
    public Bytes asName() {
        return new WireWriter().uint32(value).toBytes();
    }

    public void marshal(WireWriter out) {
        out.uint32(value);
    }

    @Override
    public String toString() {
        return "0x" + Integer.toHexString(value);
    }
}
