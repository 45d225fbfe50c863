package org.jswtpm.engine.tpm2.structure;

import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPMS_RSA_PARMS (Part 2, 12.2.3.5).
 *
 * @param symmetric how a storage key protects its children, else TPM_ALG_NULL
 * @param scheme TPMT_RSA_SCHEME+
 * @param keyBits bits of the modulus
 * @param exponent the public exponent as 32 unsigned bits; 0 stands for 2^16 + 1
 */
public record RsaParms(TpmtSymDefObject symmetric, TpmtAsymScheme scheme, int keyBits, int exponent)
        implements PublicParms {
    private static final int DEFAULT_EXPONENT = 0x1_0001;

    static RsaParms unmarshal(WireReader in, AlgorithmSet algorithms) {
        TpmtSymDefObject symmetric = TpmtSymDefObject.unmarshalOrNull(in, algorithms);
        TpmtAsymScheme scheme = TpmtAsymScheme.unmarshalRsa(in, algorithms);
        int keyBits = in.uint16();
        TpmRc.check(algorithms.isEnabled(AlgId.RSA, keyBits), TpmRc.VALUE);
        return new RsaParms(symmetric, scheme, keyBits, in.uint32());
    }

    @Override
    public PublicType type() {
        return PublicType.RSA;
    }

    /** Octets of the modulus. */
    public int keyBytes() {
        return (keyBits + 7) / 8;
    }

    /** The public exponent itself, with the default in place of 0. */
    public long publicExponent() {
        return exponent == 0 ? DEFAULT_EXPONENT : Integer.toUnsignedLong(exponent);
    }

    @Override
    public void marshal(WireWriter out) {
        symmetric.marshal(out);
        scheme.marshal(out);
        out.uint16(keyBits).uint32(exponent);
    }
}
