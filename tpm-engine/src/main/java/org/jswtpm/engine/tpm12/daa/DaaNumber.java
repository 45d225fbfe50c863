package org.jswtpm.engine.tpm12.daa;

import static org.jswtpm.engine.tpm12.structure.TpmResult.DAA_WRONG_W;
import static org.jswtpm.engine.tpm12.structure.TpmResult.SIZE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import java.math.BigInteger;
import java.util.Arrays;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;

/** A number of DAA: not negative, of any length, and a secret perhaps; it lives no longer than the stage that needs it. */
final class DaaNumber {
    private final BigInteger value;

    private DaaNumber(BigInteger value) {
        this.value = value;
    }

    static DaaNumber of(byte[] octets) {
        return new DaaNumber(new BigInteger(1, octets));
    }

    static DaaNumber of(Bytes octets) {
        return of(octets.toArray());
    }

    static DaaNumber of(Secret octets) {
        return octets.use(DaaNumber::of);
    }

    DaaNumber plus(DaaNumber other) {
        return new DaaNumber(value.add(other.value));
    }

    DaaNumber times(DaaNumber other) {
        return new DaaNumber(value.multiply(other.value));
    }

    /** TPM_DAA_WRONG_W if {@code modulus} is 0, as libtpms answers what OpenSSL cannot compute. */
    DaaNumber remainder(DaaNumber modulus) {
        check(modulus.value.signum() != 0, DAA_WRONG_W);
        return new DaaNumber(value.mod(modulus.value));
    }

    /** TPM_DAA_WRONG_W if {@code modulus} is even: with a secret exponent OpenSSL computes for odd ones only. */
    DaaNumber power(DaaNumber exponent, DaaNumber modulus) {
        check(modulus.value.testBit(0), DAA_WRONG_W);
        return new DaaNumber(value.modPow(exponent.value, modulus.value));
    }

    /** The lowest bits. */
    DaaNumber low(int bits) {
        return new DaaNumber(value.mod(BigInteger.ONE.shiftLeft(bits)));
    }

    /** All but the lowest bits. */
    DaaNumber high(int bits) {
        return new DaaNumber(value.shiftRight(bits));
    }

    /** This number and {@code bits} zeros behind it. */
    DaaNumber shifted(int bits) {
        return new DaaNumber(value.shiftLeft(bits));
    }

    boolean isOne() {
        return value.equals(BigInteger.ONE);
    }

    /** As few octets as there can be. */
    byte[] octets() {
        return octets((value.bitLength() + Byte.SIZE - 1) / Byte.SIZE);
    }

    /** So many octets; TPM_SIZE if they are too few. */
    byte[] octets(int size) {
        check(fits(size), SIZE);
        byte[] encoded = value.toByteArray();
        byte[] octets = new byte[size];
        int used = Math.min(encoded.length, size);
        System.arraycopy(encoded, encoded.length - used, octets, size - used, used);
        Arrays.fill(encoded, (byte) 0);
        return octets;
    }

    /** Whether the number needs no more than so many octets. */
    boolean fits(int size) {
        return value.bitLength() <= size * Byte.SIZE;
    }
}
