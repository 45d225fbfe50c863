package org.jswtpm.engine.tpm2.structure;

import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPMT_SYM_DEF_OBJECT (Part 2, 11.1.7): the block cipher of a symmetric key, or the one by which a storage key protects
 * its children.
 *
 * @param algorithm TPMI_ALG_SYM_OBJECT+
 * @param keyBits bits of the key; 0 without an algorithm
 * @param mode TPMI_ALG_SYM_MODE+
 */
public record TpmtSymDefObject(AlgId algorithm, int keyBits, AlgId mode) {
    /** No algorithm. */
    public static final TpmtSymDefObject NULL = new TpmtSymDefObject(AlgId.NULL, 0, AlgId.NULL);

    /** TPMT_SYM_DEF_OBJECT without '+'; else TPM_RC_SYMMETRIC, _VALUE for a key size, or _MODE. */
    public static TpmtSymDefObject unmarshal(WireReader in, AlgorithmSet algorithms) {
        return unmarshal(in, algorithms, false);
    }

    /** TPMT_SYM_DEF_OBJECT+; else TPM_RC_SYMMETRIC, _VALUE for a key size, or _MODE. */
    public static TpmtSymDefObject unmarshalOrNull(WireReader in, AlgorithmSet algorithms) {
        return unmarshal(in, algorithms, true);
    }

    private static TpmtSymDefObject unmarshal(WireReader in, AlgorithmSet algorithms, boolean orNull) {
        AlgId algorithm = TpmiAlg.symObject(in, algorithms, orNull);
        if (algorithm.isNull()) {
            return NULL;
        }
        int keyBits = keyBits(in, algorithm, algorithms);
        return new TpmtSymDefObject(algorithm, keyBits, TpmiAlg.symMode(in, algorithms, true));
    }

    /** TPMI_AES_KEY_BITS and its kin; else TPM_RC_VALUE. */
    static int keyBits(WireReader in, AlgId algorithm, AlgorithmSet algorithms) {
        int keyBits = in.uint16();
        TpmRc.check(algorithms.isEnabled(algorithm, keyBits), TpmRc.VALUE);
        return keyBits;
    }

    /** Whether there is no algorithm. */
    public boolean isNull() {
        return algorithm.isNull();
    }

    /** Octets of the key. */
    public int keyBytes() {
        return (keyBits + 7) / 8;
    }

    public void marshal(WireWriter out) {
        algorithm.marshal(out);
        if (!isNull()) {
            out.uint16(keyBits);
            mode.marshal(out);
        }
    }
}
