package org.jswtpm.engine.tpm2.structure;

import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/** TPM_ECC_CURVE (Part 2, 6.4): the curves of libtpms, in ascending order of their identifiers. */
public enum EccCurve {
    NIST_P192(0x0001, 192),
    NIST_P224(0x0002, 224),
    NIST_P256(0x0003, 256),
    NIST_P384(0x0004, 384),
    NIST_P521(0x0005, 521),
    BN_P256(0x0010, 256),
    BN_P638(0x0011, 638),
    SM2_P256(0x0020, 256);

    private final int value;
    private final int keyBits;

    EccCurve(int value, int keyBits) {
        this.value = value;
        this.keyBits = keyBits;
    }

    /** The curve of {@code value}, or null where libtpms has none. */
    public static EccCurve of(int value) {
        return switch (value) {
            case 0x0001 -> NIST_P192;
            case 0x0002 -> NIST_P224;
            case 0x0003 -> NIST_P256;
            case 0x0004 -> NIST_P384;
            case 0x0005 -> NIST_P521;
            case 0x0010 -> BN_P256;
            case 0x0011 -> BN_P638;
            case 0x0020 -> SM2_P256;
            default -> null;
        };
    }

    /** TPMI_ECC_CURVE; else TPM_RC_CURVE. */
    public static EccCurve unmarshal(WireReader in, AlgorithmSet algorithms) {
        EccCurve curve = of(in.uint16());
        TpmRc.check(curve != null && algorithms.isEnabled(curve), TpmRc.CURVE);
        return curve;
    }

    /** The identifier on the wire. */
    public int value() {
        return value;
    }

    /** Bits of a coordinate. */
    public int keyBits() {
        return keyBits;
    }

    /** Octets of a coordinate. */
    public int keyBytes() {
        return (keyBits + 7) / 8;
    }

    public void marshal(WireWriter out) {
        out.uint16(value);
    }
}
