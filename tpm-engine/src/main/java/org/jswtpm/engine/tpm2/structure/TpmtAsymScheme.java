package org.jswtpm.engine.tpm2.structure;

import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/**
 * A scheme of an asymmetric or signing key. The specification has five structures of this layout, which differ in the
 * algorithms that they allow: TPMT_ASYM_SCHEME, TPMT_RSA_SCHEME, TPMT_RSA_DECRYPT, TPMT_ECC_SCHEME and TPMT_SIG_SCHEME
 * (Part 2, 11.2).
 *
 * @param scheme the algorithm
 * @param hash its hash algorithm; TPM_ALG_NULL for RSAES and for no scheme
 * @param count the commit count of ECDAA, else 0
 */
public record TpmtAsymScheme(AlgId scheme, HashAlg hash, int count) {
    /** No scheme. */
    public static final TpmtAsymScheme NULL = new TpmtAsymScheme(AlgId.NULL, HashAlg.NULL, 0);

    /** A scheme without a count. */
    public static TpmtAsymScheme of(AlgId scheme, HashAlg hash) {
        return new TpmtAsymScheme(scheme, hash, 0);
    }

    /** TPMT_RSA_SCHEME+; else TPM_RC_VALUE or _HASH. */
    public static TpmtAsymScheme unmarshalRsa(WireReader in, AlgorithmSet algorithms) {
        return details(TpmiAlg.rsaScheme(in, algorithms, true), in, algorithms);
    }

    /** TPMT_RSA_DECRYPT+; else TPM_RC_VALUE, _SELECTOR for a scheme the profile lacks, or _HASH. */
    public static TpmtAsymScheme unmarshalRsaDecrypt(WireReader in, AlgorithmSet algorithms) {
        return details(TpmiAlg.rsaDecrypt(in, true), in, algorithms);
    }

    /** TPMT_ECC_SCHEME+; else TPM_RC_SCHEME or _HASH. */
    public static TpmtAsymScheme unmarshalEcc(WireReader in, AlgorithmSet algorithms) {
        return details(TpmiAlg.eccScheme(in, algorithms, true), in, algorithms);
    }

    /** TPMT_SIG_SCHEME+; else TPM_RC_SCHEME or _HASH. */
    public static TpmtAsymScheme unmarshalSigOrNull(WireReader in, AlgorithmSet algorithms) {
        return details(TpmiAlg.sigScheme(in, algorithms, true), in, algorithms);
    }

    /** TPMT_SIG_SCHEME without '+'; else TPM_RC_SCHEME or _HASH. */
    public static TpmtAsymScheme unmarshalSig(WireReader in, AlgorithmSet algorithms) {
        return details(TpmiAlg.sigScheme(in, algorithms, false), in, algorithms);
    }

    private static TpmtAsymScheme details(AlgId scheme, WireReader in, AlgorithmSet algorithms) {
        TpmRc.check(algorithms.isEnabled(scheme), TpmRc.SELECTOR);
        return switch (scheme) {
            case NULL -> NULL;
            case RSAES -> of(scheme, HashAlg.NULL);
            case ECDAA -> new TpmtAsymScheme(scheme, HashAlg.unmarshal(in, algorithms), in.uint16());
            default -> of(scheme, HashAlg.unmarshal(in, algorithms));
        };
    }

    /** Whether there is no scheme. */
    public boolean isNull() {
        return scheme.isNull();
    }

    public void marshal(WireWriter out) {
        scheme.marshal(out);
        if (!isNull() && scheme != AlgId.RSAES) {
            hash.marshal(out);
        }
        if (scheme == AlgId.ECDAA) {
            out.uint16(count);
        }
    }
}
