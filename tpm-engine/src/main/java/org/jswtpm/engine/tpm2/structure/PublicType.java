package org.jswtpm.engine.tpm2.structure;

import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/** TPMI_ALG_PUBLIC (Part 2, 12.2.2): what an object is. */
public enum PublicType {
    RSA(AlgId.RSA),
    KEYED_HASH(AlgId.KEYEDHASH),
    ECC(AlgId.ECC),
    SYM_CIPHER(AlgId.SYMCIPHER);

    private final AlgId algId;

    PublicType(AlgId algId) {
        this.algId = algId;
    }

    /** Else TPM_RC_TYPE. */
    public static PublicType unmarshal(WireReader in) {
        return switch (in.uint16()) {
            case 0x0001 -> RSA;
            case 0x0008 -> KEYED_HASH;
            case 0x0023 -> ECC;
            case 0x0025 -> SYM_CIPHER;
            default -> throw TpmRc.TYPE.exception();
        };
    }

    /** The algorithm's identifier. */
    public AlgId algId() {
        return algId;
    }

    /** Whether objects of this type have a public and a private key. */
    public boolean isAsymmetric() {
        return this == RSA || this == ECC;
    }

    public void marshal(WireWriter out) {
        algId.marshal(out);
    }
}
