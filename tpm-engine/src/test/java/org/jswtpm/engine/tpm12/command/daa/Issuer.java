package org.jswtpm.engine.tpm12.command.daa;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.crypto.RsaKeyGenerator;
import org.jswtpm.engine.crypto.RsaPrivateKey;
import org.jswtpm.engine.crypto.RsaSignature;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;

/**
 * An issuer of DAA credentials and who verifies signatures made with them, by big numbers (Brickell, Camenisch, Chen: Direct
 * Anonymous Attestation, 2004; the sizes are those of Part 2, 22.1). It needs no safe primes, since nobody attacks it.
 */
public final class Issuer {
    static final int POWER0 = 104;
    static final int POWER1 = 1024;

    private static final BigInteger ONE = BigInteger.ONE;
    private static final int GAMMA_BITS = 768;
    private static final int Q_BITS = 208;

    /** The one of all tests: its keys take a while. */
    public static final Issuer ONLY = new Issuer();

    private final Random random = new Random(22);

    final RsaPrivateKey firstKey = key();
    final RsaPrivateKey secondKey = key();
    private final BigInteger p = BigInteger.probablePrime(1024, random);
    private final BigInteger p2 = BigInteger.probablePrime(1024, random);
    final BigInteger n = p.multiply(p2);
    private final BigInteger order = p.subtract(ONE).multiply(p2.subtract(ONE));
    final BigInteger s0 = number(2000).modPow(BigInteger.TWO, n);
    final BigInteger s1 = s0.modPow(ONE.shiftLeft(POWER1), n);
    final BigInteger r0 = s0.modPow(number(2000), n);
    final BigInteger r1 = s0.modPow(number(2000), n);
    private final BigInteger z = s0.modPow(number(2000), n);
    final BigInteger q = BigInteger.probablePrime(Q_BITS, random);
    final BigInteger gamma = gamma();
    private final BigInteger e = BigInteger.probablePrime(368, random);
    /** The issuer's part of v. */
    final BigInteger v = number(2536);

    private Issuer() {}

    private RsaPrivateKey key() {
        return RsaKeyGenerator.generate(2048, 65537, random::nextBytes, () -> false)
                .orElseThrow();
    }

    private BigInteger number(int bits) {
        return new BigInteger(bits, random);
    }

    private BigInteger gamma() {
        BigInteger candidate;
        do {
            candidate = number(GAMMA_BITS - Q_BITS)
                    .setBit(GAMMA_BITS - Q_BITS - 1)
                    .clearBit(0)
                    .multiply(q)
                    .add(ONE);
        } while (!candidate.isProbablePrime(40));
        return candidate;
    }

    /** The base of the pseudonyms at somebody with this name. */
    BigInteger w(String name) {
        byte[] hash = Hasher.digest(Digest.SHA1, name.getBytes(StandardCharsets.US_ASCII));
        return new BigInteger(1, hash).modPow(gamma.subtract(ONE).divide(q), gamma);
    }

    /** TPM_DAA_ISSUER. */
    Bytes settings() {
        return settings(n, gamma, q);
    }

    /** As the other one, for numbers that no issuer should have. */
    Bytes settings(BigInteger n, BigInteger gamma, BigInteger q) {
        WireWriter out = new WireWriter();
        out.uint16(0x002F);
        for (BigInteger parameter : new BigInteger[] {r0, r1, s0, s1, n, gamma}) {
            out.octets(Hasher.digest(Digest.SHA1, octets(parameter).toArray()));
        }
        return out.bytes(octets(q, 26)).toBytes();
    }

    /** As few octets as there can be. */
    static Bytes octets(BigInteger number) {
        return octets(number, (number.bitLength() + 7) / 8);
    }

    static Bytes octets(BigInteger number, int size) {
        byte[] encoded = number.toByteArray();
        byte[] octets = new byte[size];
        int used = Math.min(encoded.length, size);
        System.arraycopy(encoded, encoded.length - used, octets, size - used, used);
        return Bytes.wrap(octets);
    }

    static BigInteger number(Bytes octets) {
        return new BigInteger(1, octets.toArray());
    }

    static Bytes sign(RsaPrivateKey key, Bytes message) {
        byte[] digest = Hasher.digest(Digest.SHA1, message.toArray());
        return Bytes.wrap(RsaSignature.signPkcs1(key, Digest.SHA1, digest).orElseThrow());
    }

    /** The product of the four bases with these exponents. */
    private BigInteger product(BigInteger f0, BigInteger f1, BigInteger lowV, BigInteger highV) {
        return r0.modPow(f0, n)
                .multiply(r1.modPow(f1, n))
                .multiply(s0.modPow(lowV, n))
                .multiply(s1.modPow(highV, n))
                .mod(n);
    }

    /**
     * Expects a proof of the exponents of {@code commitment} and of the pseudonym.
     *
     * @param answers f0, f1, the lower and the higher part of v
     */
    void verify(BigInteger commitment, BigInteger randomized, BigInteger challenge, BigInteger... answers) {
        BigInteger product = product(answers[0], answers[1], answers[2], answers[3]);
        assertEquals(
                randomized,
                commitment.modPow(challenge.negate(), n).multiply(product).mod(n));
    }

    /** Expects a proof that the pseudonym is made of the same f. */
    void verifyPseudonym(
            BigInteger w,
            BigInteger pseudonym,
            BigInteger randomized,
            BigInteger challenge,
            BigInteger f0,
            BigInteger f1) {
        BigInteger power = w.modPow(f0.add(f1.shiftLeft(POWER0)), gamma);
        assertEquals(
                randomized,
                pseudonym.modPow(challenge.negate(), gamma).multiply(power).mod(gamma));
    }

    /** The certificate A on the commitment U. */
    BigInteger certificate(BigInteger commitment) {
        BigInteger base = z.multiply(commitment.multiply(s0.modPow(v, n)).modInverse(n));
        return base.modPow(e.modInverse(order), n);
    }

    /** What a certificate says of the secrets: the product of the four bases with f0, f1 and v. */
    BigInteger certified(BigInteger certificate) {
        return z.multiply(certificate.modPow(e.negate(), n)).mod(n);
    }
}
