package org.jswtpm.engine.tpm2.structure;

import static org.jswtpm.engine.tpm2.structure.TpmRc.KDF;
import static org.jswtpm.engine.tpm2.structure.TpmRc.MODE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.SCHEME;
import static org.jswtpm.engine.tpm2.structure.TpmRc.SYMMETRIC;
import static org.jswtpm.engine.tpm2.structure.TpmRc.VALUE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import org.jswtpm.engine.wire.WireReader;

/**
 * The interface types TPMI_ALG_* (Part 2, 9.27 to 9.36 and 11.2): an algorithm identifier that must be of one kind.
 * {@code orNull} is the '+' of the specification.
 */
public final class TpmiAlg {
    private TpmiAlg() {}

    /** TPMI_ALG_SYM; else TPM_RC_SYMMETRIC. */
    public static AlgId sym(WireReader in, AlgorithmSet algorithms, boolean orNull) {
        AlgId read = AlgId.read(in);
        boolean known = read != null
                && switch (read) {
                    case AES, CAMELLIA, TDES, XOR -> algorithms.isEnabled(read);
                    case NULL -> orNull;
                    default -> false;
                };
        check(known, SYMMETRIC);
        return read;
    }

    /** TPMI_ALG_SYM_OBJECT; else TPM_RC_SYMMETRIC. */
    public static AlgId symObject(WireReader in, AlgorithmSet algorithms, boolean orNull) {
        AlgId read = AlgId.read(in);
        boolean known = read != null
                && switch (read) {
                    case AES, CAMELLIA, TDES -> algorithms.isEnabled(read);
                    case NULL -> orNull;
                    default -> false;
                };
        check(known, SYMMETRIC);
        return read;
    }

    /** TPMI_ALG_SYM_MODE, which counts CMAC as a mode; else TPM_RC_MODE. */
    public static AlgId symMode(WireReader in, AlgorithmSet algorithms, boolean orNull) {
        AlgId read = AlgId.read(in);
        check(read == AlgId.CMAC && algorithms.isEnabled(read) || isCipherMode(read, algorithms, orNull), MODE);
        return read;
    }

    /** TPMI_ALG_CIPHER_MODE; else TPM_RC_MODE. */
    public static AlgId cipherMode(WireReader in, AlgorithmSet algorithms, boolean orNull) {
        AlgId read = AlgId.read(in);
        check(isCipherMode(read, algorithms, orNull), MODE);
        return read;
    }

    /** TPMI_ALG_MAC_SCHEME: a hash for HMAC, or CMAC; else TPM_RC_SYMMETRIC. */
    public static AlgId macScheme(WireReader in, AlgorithmSet algorithms, boolean orNull) {
        AlgId read = AlgId.read(in);
        boolean known = read != null
                && switch (read) {
                    case SHA1, SHA256, SHA384, SHA512, CMAC -> algorithms.isEnabled(read);
                    case NULL -> orNull;
                    default -> false;
                };
        check(known, SYMMETRIC);
        return read;
    }

    /** TPMI_ALG_KDF; else TPM_RC_KDF. Profiles do not switch these. */
    public static AlgId kdf(WireReader in, boolean orNull) {
        AlgId read = AlgId.read(in);
        boolean known = read != null
                && switch (read) {
                    case MGF1, KDF1_SP800_56A, KDF2, KDF1_SP800_108 -> true;
                    case NULL -> orNull;
                    default -> false;
                };
        check(known, KDF);
        return read;
    }

    /** TPMI_ALG_SIG_SCHEME; else TPM_RC_SCHEME. */
    public static AlgId sigScheme(WireReader in, AlgorithmSet algorithms, boolean orNull) {
        AlgId read = AlgId.read(in);
        boolean known = read != null
                && switch (read) {
                    case HMAC, RSASSA, RSAPSS, ECDSA, ECDAA, SM2, ECSCHNORR -> algorithms.isEnabled(read);
                    case NULL -> orNull;
                    default -> false;
                };
        check(known, SCHEME);
        return read;
    }

    /** TPMI_ECC_KEY_EXCHANGE; else TPM_RC_SCHEME. */
    public static AlgId eccKeyExchange(WireReader in, AlgorithmSet algorithms, boolean orNull) {
        AlgId read = AlgId.read(in);
        boolean known = read != null
                && switch (read) {
                    case ECDH, ECMQV, SM2 -> algorithms.isEnabled(read);
                    case NULL -> orNull;
                    default -> false;
                };
        check(known, SCHEME);
        return read;
    }

    /** TPMI_ALG_RSA_SCHEME; else TPM_RC_VALUE. */
    public static AlgId rsaScheme(WireReader in, AlgorithmSet algorithms, boolean orNull) {
        AlgId read = AlgId.read(in);
        boolean known = read != null
                && switch (read) {
                    case RSASSA, RSAPSS, RSAES, OAEP -> algorithms.isEnabled(read);
                    case NULL -> orNull;
                    default -> false;
                };
        check(known, VALUE);
        return read;
    }

    /** TPMI_ALG_RSA_DECRYPT; else TPM_RC_VALUE. Profiles do not switch these here. */
    public static AlgId rsaDecrypt(WireReader in, boolean orNull) {
        AlgId read = AlgId.read(in);
        boolean known = read == AlgId.RSAES || read == AlgId.OAEP || read == AlgId.NULL && orNull;
        check(known, VALUE);
        return read;
    }

    /** TPMI_ALG_ECC_SCHEME; else TPM_RC_SCHEME. */
    public static AlgId eccScheme(WireReader in, AlgorithmSet algorithms, boolean orNull) {
        AlgId read = AlgId.read(in);
        boolean known = read != null
                && switch (read) {
                    case ECDSA, SM2, ECDAA, ECSCHNORR, ECDH, ECMQV -> algorithms.isEnabled(read);
                    case NULL -> orNull;
                    default -> false;
                };
        check(known, SCHEME);
        return read;
    }

    /** TPMI_ALG_KEYEDHASH_SCHEME; else TPM_RC_VALUE. */
    public static AlgId keyedHashScheme(WireReader in, boolean orNull) {
        AlgId read = AlgId.read(in);
        boolean known = read == AlgId.HMAC || read == AlgId.XOR || read == AlgId.NULL && orNull;
        check(known, VALUE);
        return read;
    }

    private static boolean isCipherMode(AlgId mode, AlgorithmSet algorithms, boolean orNull) {
        return mode != null
                && switch (mode) {
                    case CTR, OFB, CBC, CFB, ECB -> algorithms.isEnabled(mode);
                    case NULL -> orNull;
                    default -> false;
                };
    }
}
