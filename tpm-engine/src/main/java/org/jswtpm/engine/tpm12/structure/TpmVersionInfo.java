package org.jswtpm.engine.tpm12.structure;

import org.jswtpm.engine.wire.WireWriter;

/** What a TPM says of its version: TPM_VERSION and TPM_CAP_VERSION_INFO (Part 2, 5.1 and 21.6), as libtpms says it. */
public final class TpmVersionInfo {
    private static final int REVISION = 4766;
    private static final int SPEC_LEVEL = 2;
    private static final int ERRATA_REV = 3;

    /** "IBM" and a zero octet. */
    public static final int VENDOR_ID = 0x49424D00;

    private TpmVersionInfo() {}

    /** TPM_CAP_VERSION_INFO. */
    public static void marshal(WireWriter out) {
        StructureTag.CAP_VERSION_INFO.marshal(out);
        marshalVersion(out);
        out.uint16(SPEC_LEVEL).uint8(ERRATA_REV);
        out.uint32(VENDOR_ID);
        out.uint16(0);
    }

    /** TPM_VERSION. */
    public static void marshalVersion(WireWriter out) {
        out.uint8(1).uint8(2).uint16(REVISION);
    }

    /** TPM_STRUCT_VER of TPM 1.1, which TPM_CAP_VERSION still gives. */
    public static void marshalStructVer(WireWriter out) {
        out.uint8(1).uint8(1).uint8(0).uint8(0);
    }
}
