package org.jswtpm.engine.tpm2.structure;

import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPMS_ECC_PARMS (Part 2, 12.2.3.6).
 *
 * @param symmetric how a storage key protects its children, else TPM_ALG_NULL
 * @param scheme TPMT_ECC_SCHEME+
 * @param curve the curve
 * @param kdf TPMT_KDF_SCHEME+; no command uses it
 */
public record EccParms(TpmtSymDefObject symmetric, TpmtAsymScheme scheme, EccCurve curve, TpmtKdfScheme kdf)
        implements PublicParms {
    static EccParms unmarshal(WireReader in, AlgorithmSet algorithms) {
        TpmtSymDefObject symmetric = TpmtSymDefObject.unmarshalOrNull(in, algorithms);
        TpmtAsymScheme scheme = TpmtAsymScheme.unmarshalEcc(in, algorithms);
        EccCurve curve = EccCurve.unmarshal(in, algorithms);
        return new EccParms(symmetric, scheme, curve, TpmtKdfScheme.unmarshal(in, algorithms));
    }

    @Override
    public PublicType type() {
        return PublicType.ECC;
    }

    @Override
    public void marshal(WireWriter out) {
        symmetric.marshal(out);
        scheme.marshal(out);
        curve.marshal(out);
        kdf.marshal(out);
    }
}
