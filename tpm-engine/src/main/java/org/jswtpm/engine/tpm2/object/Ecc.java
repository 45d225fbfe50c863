package org.jswtpm.engine.tpm2.object;

import java.util.Optional;
import org.jswtpm.engine.crypto.EccCurve;
import org.jswtpm.engine.crypto.EccPoint;
import org.jswtpm.engine.tpm2.structure.TpmsEccPoint;
import org.jswtpm.engine.wire.Bytes;

/** From the curves and points of structures to those that compute, and back. */
public final class Ecc {
    private Ecc() {}

    /** The curve of an identifier. */
    public static EccCurve curve(org.jswtpm.engine.tpm2.structure.EccCurve curve) {
        return switch (curve) {
            case NIST_P192 -> EccCurve.NIST_P192;
            case NIST_P224 -> EccCurve.NIST_P224;
            case NIST_P256 -> EccCurve.NIST_P256;
            case NIST_P384 -> EccCurve.NIST_P384;
            case NIST_P521 -> EccCurve.NIST_P521;
            case BN_P256 -> EccCurve.BN_P256;
            case BN_P638 -> EccCurve.BN_P638;
            case SM2_P256 -> EccCurve.SM2_P256;
        };
    }

    /** The point of a structure; empty if it is not on the curve. */
    public static Optional<EccPoint> point(EccCurve curve, TpmsEccPoint point) {
        return EccPoint.of(curve, point.x().toArray(), point.y().toArray());
    }

    /** The structure of a point. */
    public static TpmsEccPoint structure(EccPoint point) {
        return new TpmsEccPoint(Bytes.wrap(point.x()), Bytes.wrap(point.y()));
    }
}
