package org.jswtpm.engine.tpm2.structure;

import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPMT_KDF_SCHEME (Part 2, 11.2.3.3).
 *
 * @param scheme TPMI_ALG_KDF+
 * @param hash its hash algorithm; TPM_ALG_NULL without a scheme
 */
public record TpmtKdfScheme(AlgId scheme, HashAlg hash) {
    /** No scheme. */
    public static final TpmtKdfScheme NULL = new TpmtKdfScheme(AlgId.NULL, HashAlg.NULL);

    /** TPMT_KDF_SCHEME+; else TPM_RC_KDF or _HASH. */
    public static TpmtKdfScheme unmarshal(WireReader in, AlgorithmSet algorithms) {
        AlgId scheme = TpmiAlg.kdf(in, true);
        return scheme.isNull() ? NULL : new TpmtKdfScheme(scheme, HashAlg.unmarshal(in, algorithms));
    }

    /** Whether there is no scheme. */
    public boolean isNull() {
        return scheme.isNull();
    }

    public void marshal(WireWriter out) {
        scheme.marshal(out);
        if (!isNull()) {
            hash.marshal(out);
        }
    }
}
