package org.jswtpm.engine.tpm2.structure;

import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/** TPM_ALG_ID: the algorithms of libtpms (Part 2, 6.3), in ascending order of their identifiers. */
public enum AlgId {
    RSA(0x0001),
    TDES(0x0003),
    SHA1(0x0004),
    HMAC(0x0005),
    AES(0x0006),
    MGF1(0x0007),
    KEYEDHASH(0x0008),
    XOR(0x000A),
    SHA256(0x000B),
    SHA384(0x000C),
    SHA512(0x000D),
    NULL(0x0010),
    RSASSA(0x0014),
    RSAES(0x0015),
    RSAPSS(0x0016),
    OAEP(0x0017),
    ECDSA(0x0018),
    ECDH(0x0019),
    ECDAA(0x001A),
    SM2(0x001B),
    ECSCHNORR(0x001C),
    ECMQV(0x001D),
    KDF1_SP800_56A(0x0020),
    KDF2(0x0021),
    KDF1_SP800_108(0x0022),
    ECC(0x0023),
    SYMCIPHER(0x0025),
    CAMELLIA(0x0026),
    CMAC(0x003F),
    CTR(0x0040),
    OFB(0x0041),
    CBC(0x0042),
    CFB(0x0043),
    ECB(0x0044);

    private static final int ASYMMETRIC = 1;
    private static final int SYMMETRIC = 1 << 1;
    private static final int HASH = 1 << 2;
    private static final int OBJECT = 1 << 3;
    private static final int SIGNING = 1 << 8;
    private static final int ENCRYPTING = 1 << 9;
    private static final int METHOD = 1 << 10;

    private static final AlgId[] BY_VALUE = byValue();

    private final int value;

    AlgId(int value) {
        this.value = value;
    }

    /** The algorithm of {@code value}, or null where libtpms has none. */
    public static AlgId of(int value) {
        return value >= 0 && value < BY_VALUE.length ? BY_VALUE[value] : null;
    }

    /** TPMA_ALGORITHM (Part 2, 8.2), as TPM2_GetCapability gives it; 0 for TPM_ALG_NULL, which is never listed. */
    public int attributes() {
        return switch (this) {
            case RSA, ECC -> ASYMMETRIC | OBJECT;
            case TDES, AES, CAMELLIA -> SYMMETRIC;
            case SHA1, SHA256, SHA384, SHA512 -> HASH;
            case HMAC -> HASH | SIGNING;
            case MGF1, KDF1_SP800_56A, KDF2, KDF1_SP800_108 -> HASH | METHOD;
            case KEYEDHASH -> HASH | OBJECT | SIGNING | ENCRYPTING;
            case XOR -> SYMMETRIC | HASH;
            case RSASSA, RSAPSS, ECDSA, ECDAA, ECSCHNORR -> ASYMMETRIC | SIGNING;
            case RSAES, OAEP -> ASYMMETRIC | ENCRYPTING;
            case ECDH, ECMQV -> ASYMMETRIC | METHOD;
            case SM2 -> ASYMMETRIC | SIGNING | METHOD;
            case SYMCIPHER -> OBJECT;
            case CMAC -> SYMMETRIC | SIGNING;
            case CTR, OFB, CBC, CFB, ECB -> SYMMETRIC | ENCRYPTING;
            case NULL -> 0;
        };
    }

    /** The identifier on the wire. */
    public int value() {
        return value;
    }

    /** Whether this is TPM_ALG_NULL: no algorithm. */
    public boolean isNull() {
        return this == NULL;
    }

    /** Reads an identifier; one that is unknown gives null, which no check of a TPMI type lets pass. */
    static AlgId read(WireReader in) {
        return of(in.uint16());
    }

    public void marshal(WireWriter out) {
        out.uint16(value);
    }

    private static AlgId[] byValue() {
        AlgId[] table = new AlgId[ECB.value + 1];
        for (AlgId algorithm : values()) {
            table[algorithm.value] = algorithm;
        }
        return table;
    }
}
