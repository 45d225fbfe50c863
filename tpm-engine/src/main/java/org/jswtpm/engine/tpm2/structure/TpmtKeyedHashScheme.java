package org.jswtpm.engine.tpm2.structure;

import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPMT_KEYEDHASH_SCHEME (Part 2, 11.1.23): HMAC, XOR obfuscation, or none as for sealed data.
 *
 * @param scheme TPM_ALG_HMAC, _XOR or _NULL
 * @param hash its hash algorithm; TPM_ALG_NULL without a scheme
 * @param kdf the key derivation of XOR, which may be TPM_ALG_NULL; else TPM_ALG_NULL
 */
public record TpmtKeyedHashScheme(AlgId scheme, HashAlg hash, AlgId kdf) {
    /** No scheme. */
    public static final TpmtKeyedHashScheme NULL = new TpmtKeyedHashScheme(AlgId.NULL, HashAlg.NULL, AlgId.NULL);

    /** HMAC with {@code hash}. */
    public static TpmtKeyedHashScheme hmac(HashAlg hash) {
        return new TpmtKeyedHashScheme(AlgId.HMAC, hash, AlgId.NULL);
    }

    /** TPMT_KEYEDHASH_SCHEME+; else TPM_RC_VALUE, _HASH or _KDF. */
    public static TpmtKeyedHashScheme unmarshal(WireReader in, AlgorithmSet algorithms) {
        AlgId scheme = TpmiAlg.keyedHashScheme(in, true);
        return switch (scheme) {
            case NULL -> NULL;
            case HMAC -> hmac(HashAlg.unmarshal(in, algorithms));
            default -> new TpmtKeyedHashScheme(scheme, HashAlg.unmarshal(in, algorithms), TpmiAlg.kdf(in, true));
        };
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
        if (scheme == AlgId.XOR) {
            kdf.marshal(out);
        }
    }
}
