package org.jswtpm.engine.tpm2.structure;

import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/** TPMI_ALG_HASH (Part 2, 9.27): the hash algorithms, and TPM_ALG_NULL where a structure allows it. */
public enum HashAlg {
    SHA1(AlgId.SHA1, 20),
    SHA256(AlgId.SHA256, 32),
    SHA384(AlgId.SHA384, 48),
    SHA512(AlgId.SHA512, 64),
    NULL(AlgId.NULL, 0);

    private final AlgId algId;
    private final int digestSize;

    HashAlg(AlgId algId, int digestSize) {
        this.algId = algId;
        this.digestSize = digestSize;
    }

    /** The hash algorithm of {@code algId}, or null if that is none. */
    public static HashAlg of(AlgId algId) {
        if (algId == null) {
            return null;
        }
        return switch (algId) {
            case SHA1 -> SHA1;
            case SHA256 -> SHA256;
            case SHA384 -> SHA384;
            case SHA512 -> SHA512;
            case NULL -> NULL;
            default -> null;
        };
    }

    /** The hash algorithm of the identifier {@code value}, or null if that is none. */
    public static HashAlg of(int value) {
        return of(AlgId.of(value));
    }

    /** TPMI_ALG_HASH without '+'; else TPM_RC_HASH. */
    public static HashAlg unmarshal(WireReader in, AlgorithmSet algorithms) {
        HashAlg hash = unmarshalOrNull(in, algorithms);
        TpmRc.check(hash != NULL, TpmRc.HASH);
        return hash;
    }

    /** TPMI_ALG_HASH+: TPM_ALG_NULL is allowed; else TPM_RC_HASH. */
    public static HashAlg unmarshalOrNull(WireReader in, AlgorithmSet algorithms) {
        HashAlg hash = of(in.uint16());
        TpmRc.check(hash != null && algorithms.isEnabled(hash.algId), TpmRc.HASH);
        return hash;
    }

    /** The algorithm's identifier. */
    public AlgId algId() {
        return algId;
    }

    /** The identifier on the wire. */
    public int value() {
        return algId.value();
    }

    /** The algorithm as {@code crypto} knows it; not for TPM_ALG_NULL. */
    public Digest digest() {
        return Digest.of(value());
    }

    /** Octets of a digest; 0 for TPM_ALG_NULL. */
    public int digestSize() {
        return digestSize;
    }

    /** Whether this is TPM_ALG_NULL. */
    public boolean isNull() {
        return this == NULL;
    }

    public void marshal(WireWriter out) {
        algId.marshal(out);
    }
}
