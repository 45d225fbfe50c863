package org.jswtpm.engine.tpm12.structure;

import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_RSA_KEY_PARMS (Part 2, 10.3).
 *
 * @param keyLength bits of the modulus
 * @param numPrimes how many primes it has
 * @param exponent big endian; no octets stand for 65537
 */
public record RsaKeyParms(long keyLength, long numPrimes, Bytes exponent) {
    private static final int PRIMES = 2;

    /** A key of {@code keyLength} bits with the usual exponent. */
    public static RsaKeyParms ofLength(int keyLength) {
        return new RsaKeyParms(keyLength, PRIMES, Bytes.EMPTY);
    }

    public static RsaKeyParms unmarshal(WireReader in) {
        return new RsaKeyParms(in.unsigned32(), in.unsigned32(), in.sized4(TpmLimits.ALLOC_MAX));
    }

    public void marshal(WireWriter out) {
        out.uint32((int) keyLength).uint32((int) numPrimes).sized4(exponent);
    }
}
