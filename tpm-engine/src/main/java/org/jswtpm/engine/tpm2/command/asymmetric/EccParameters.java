package org.jswtpm.engine.tpm2.command.asymmetric;

import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.object.Ecc;
import org.jswtpm.engine.tpm2.structure.AlgId;
import org.jswtpm.engine.tpm2.structure.EccCurve;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM2_ECC_Parameters: what defines a curve, as TPMS_ALGORITHM_DETAIL_ECC (Part 2, 11.2.5.6).
 *
 * <p>Part 3, 14.6. Answers CURVE at parameter 1 for a curve that the TPM does not have.
 */
public final class EccParameters implements Command<EccParameters.In, EccCurve> {
    private static final int CURVE_ID = 1;
    /** TPM_ALG_SM3_256, which libtpms names for SM2 though it does not have it. */
    private static final int SM3_256 = 0x0012;

    record In(EccCurve curveId) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(EccCurve.unmarshal(in.at(CURVE_ID), in.algorithms()));
    }

    @Override
    public EccCurve execute(In in, TpmState tpm) {
        return in.curveId;
    }

    @Override
    public void marshal(EccCurve curveId, WireWriter response) {
        response.uint16(curveId.value()).uint16(curveId.keyBits());
        marshalKdf(curveId, response);
        AlgId.NULL.marshal(response); // no curve asks for one signature scheme
        org.jswtpm.engine.crypto.EccCurve curve = Ecc.curve(curveId);
        sized2(curve.prime(), response);
        sized2(isZero(curve.a()) ? new byte[1] : curve.a(), response); // libtpms writes zero as one octet
        sized2(curve.b(), response);
        sized2(curve.generator().x(), response);
        sized2(curve.generator().y(), response);
        sized2(curve.orderOctets(), response);
        sized2(curve.cofactor(), response);
    }

    private static void marshalKdf(EccCurve curve, WireWriter response) {
        int hash = switch (curve) {
            case NIST_P192, NIST_P224, NIST_P256 -> AlgId.SHA256.value();
            case NIST_P384 -> AlgId.SHA384.value();
            case NIST_P521 -> AlgId.SHA512.value();
            case SM2_P256 -> SM3_256;
            case BN_P256, BN_P638 -> 0;
        };
        if (hash == 0) {
            AlgId.NULL.marshal(response);
        } else {
            response.uint16(AlgId.KDF1_SP800_56A.value()).uint16(hash);
        }
    }

    private static boolean isZero(byte[] number) {
        for (byte octet : number) {
            if (octet != 0) {
                return false;
            }
        }
        return true;
    }

    private static void sized2(byte[] octets, WireWriter response) {
        response.uint16(octets.length).octets(octets);
    }
}
