package org.jswtpm.engine.tpm2.structure;

import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPMT_SYM_DEF, the parameter encryption of a session (Part 2, 11.1.6): a block cipher, XOR obfuscation, or none.
 *
 * @param algorithm TPMI_ALG_SYM+
 * @param keyBits bits of the key of a block cipher, else 0
 * @param mode TPMI_ALG_SYM_MODE+ of a block cipher, else TPM_ALG_NULL
 * @param hash the hash algorithm of XOR, else TPM_ALG_NULL
 */
public record TpmtSymDef(AlgId algorithm, int keyBits, AlgId mode, HashAlg hash) {
    /** No encryption. */
    public static final TpmtSymDef NULL = new TpmtSymDef(AlgId.NULL, 0, AlgId.NULL, HashAlg.NULL);

    /** TPMT_SYM_DEF+; else TPM_RC_SYMMETRIC, _VALUE for a key size, _HASH, or _MODE. */
    public static TpmtSymDef unmarshalOrNull(WireReader in, AlgorithmSet algorithms) {
        AlgId algorithm = TpmiAlg.sym(in, algorithms, true);
        return switch (algorithm) {
            case NULL -> NULL;
            case XOR -> new TpmtSymDef(algorithm, 0, AlgId.NULL, HashAlg.unmarshal(in, algorithms));
            default -> {
                int keyBits = TpmtSymDefObject.keyBits(in, algorithm, algorithms);
                yield new TpmtSymDef(algorithm, keyBits, TpmiAlg.symMode(in, algorithms, true), HashAlg.NULL);
            }
        };
    }

    /** Whether there is no encryption. */
    public boolean isNull() {
        return algorithm.isNull();
    }

    public void marshal(WireWriter out) {
        algorithm.marshal(out);
        if (algorithm == AlgId.XOR) {
            hash.marshal(out);
        } else if (!isNull()) {
            out.uint16(keyBits);
            mode.marshal(out);
        }
    }
}
