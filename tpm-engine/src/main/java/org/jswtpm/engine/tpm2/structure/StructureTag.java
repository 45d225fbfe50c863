package org.jswtpm.engine.tpm2.structure;

import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/** TPM_ST, what a structure is (Part 2, 6.9). */
public enum StructureTag {
    RSP_COMMAND(0x00C4),
    NULL(0x8000),
    NO_SESSIONS(0x8001),
    SESSIONS(0x8002),
    ATTEST_NV(0x8014),
    ATTEST_COMMAND_AUDIT(0x8015),
    ATTEST_SESSION_AUDIT(0x8016),
    ATTEST_CERTIFY(0x8017),
    ATTEST_QUOTE(0x8018),
    ATTEST_TIME(0x8019),
    ATTEST_CREATION(0x801A),
    ATTEST_NV_DIGEST(0x801C),
    CREATION(0x8021),
    VERIFIED(0x8022),
    AUTH_SECRET(0x8023),
    HASHCHECK(0x8024),
    AUTH_SIGNED(0x8025);

    private static final StructureTag[] TAGS = values();

    private final int value;

    StructureTag(int value) {
        this.value = value;
    }

    /** Else TPM_RC_VALUE. As in libtpms ATTEST_NV_DIGEST is written, but not known where a tag is read. */
    public static StructureTag unmarshal(WireReader in) {
        int value = in.uint16();
        for (StructureTag tag : TAGS) {
            if (tag.value == value && tag != ATTEST_NV_DIGEST) {
                return tag;
            }
        }
        throw TpmRc.VALUE.exception();
    }

    /** The tag on the wire. */
    public int value() {
        return value;
    }

    public void marshal(WireWriter out) {
        out.uint16(value);
    }
}
