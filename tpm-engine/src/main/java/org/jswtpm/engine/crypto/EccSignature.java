package org.jswtpm.engine.crypto;

import java.math.BigInteger;

/**
 * The two numbers of a signature with an ECC key (TPMS_SIGNATURE_ECC, Part 2, 11.3.2).
 *
 * @param r signatureR, big endian
 * @param s signatureS, big endian
 */
public record EccSignature(byte[] r, byte[] s) {
    /** A signature as the TPM makes it: each number has as many octets as the order of the curve. */
    static EccSignature of(EccCurve curve, BigInteger r, BigInteger s) {
        int size = curve.orderSize();
        return new EccSignature(Numbers.octets(r, size), Numbers.octets(s, size));
    }

    BigInteger rNumber() {
        return new BigInteger(1, r);
    }

    BigInteger sNumber() {
        return new BigInteger(1, s);
    }

    /** Whether both numbers lie between zero and the order of the curve, both excluded. */
    boolean isInRange(EccCurve curve) {
        BigInteger order = curve.order();
        return rNumber().signum() > 0
                && sNumber().signum() > 0
                && rNumber().compareTo(order) < 0
                && sNumber().compareTo(order) < 0;
    }
}
