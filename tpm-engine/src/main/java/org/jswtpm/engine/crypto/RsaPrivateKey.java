package org.jswtpm.engine.crypto;

import java.math.BigInteger;
import java.util.Optional;

/**
 * An RSA key pair. A TPM keeps one prime in the sensitive area and derives the rest when a key is loaded; libtpms saves
 * the derived numbers with a loaded object (privateExponent_t), so they can be read here.
 *
 * <p>Not thread safe: every use changes the blinding.
 */
public final class RsaPrivateKey {
    private final RsaPublicKey publicKey;
    private final BigInteger prime;
    private final BigInteger otherPrime;
    private final Crt crt;
    private final Blinding blinding;
    private final Helpers helpers;

    private RsaPrivateKey(
            RsaPublicKey publicKey,
            BigInteger prime,
            BigInteger otherPrime,
            Crt crt,
            Blinding blinding,
            Helpers helpers) {
        this.publicKey = publicKey;
        this.prime = prime;
        this.otherPrime = otherPrime;
        this.crt = crt;
        this.blinding = blinding;
        this.helpers = helpers;
    }

    private static RsaPrivateKey of(RsaPublicKey publicKey, BigInteger prime, BigInteger otherPrime, Crt crt) {
        return new RsaPrivateKey(publicKey, prime, otherPrime, crt, new Blinding(publicKey), Helpers.NONE);
    }

    /**
     * The key with this public area and this sensitive value (CryptRsaLoadPrivateExponent).
     *
     * @param modulus big endian
     * @param exponent unsigned; zero stands for 65537
     * @param prime one of the primes, half as long as the modulus
     * @return empty if they are not parts of one key (TPM_RC_BINDING)
     */
    public static Optional<RsaPrivateKey> load(byte[] modulus, int exponent, byte[] prime) {
        BigInteger first = new BigInteger(1, prime);
        if (prime.length * 2 != modulus.length || first.compareTo(BigInteger.TWO) < 0) {
            return Optional.empty();
        }
        RsaPublicKey publicKey = RsaPublicKey.of(modulus, exponent);
        BigInteger[] division = publicKey.modulus().divideAndRemainder(first);
        if (division[1].signum() != 0) {
            return Optional.empty();
        }
        return Crt.of(publicKey.exponent(), first, division[0]).map(crt -> of(publicKey, first, division[0], crt));
    }

    /** The key with these primes; {@code prime} is the one that goes into the sensitive area. */
    static Optional<RsaPrivateKey> ofPrimes(BigInteger exponent, BigInteger prime, BigInteger otherPrime) {
        RsaPublicKey publicKey = new RsaPublicKey(prime.multiply(otherPrime), exponent);
        return Crt.of(exponent, prime, otherPrime).map(crt -> of(publicKey, prime, otherPrime, crt));
    }

    /** This key, of whose operations a helper may do half. */
    public RsaPrivateKey with(Helpers lent) {
        return new RsaPrivateKey(publicKey, prime, otherPrime, crt, blinding, lent);
    }

    /** The public part. */
    public RsaPublicKey publicKey() {
        return publicKey;
    }

    /** The modulus, big endian. */
    public byte[] modulus() {
        return Numbers.octets(publicKey.modulus(), publicKey.size());
    }

    /** The prime of the sensitive area, half as long as the modulus; the caller's to wipe. */
    public byte[] prime() {
        return Numbers.octets(prime, publicKey.size() / 2);
    }

    /** Q of libtpms: the prime that is not in the sensitive area; which of the two is larger is not said. */
    public BigInteger otherPrime() {
        return otherPrime;
    }

    /** dP of libtpms: the inverse of the exponent for the LARGER of the primes, minus one. */
    public BigInteger exponentOfLarger() {
        return crt.largerExponent();
    }

    /** dQ of libtpms: the inverse of the exponent for the SMALLER of the primes, minus one. */
    public BigInteger exponentOfSmaller() {
        return crt.smallerExponent();
    }

    /** qInv of libtpms: the inverse of the smaller prime modulo the larger one. */
    public BigInteger coefficient() {
        return crt.coefficient();
    }

    /**
     * RSADP of RFC 8017, 5.1.2. A result that does not lead back to the input, as with a loaded key whose "primes" are
     * none, is computed again without the Chinese remainder theorem, as OpenSSL does: it gives away no prime.
     *
     * @param input a number of any length
     * @return as long as the modulus; empty if the number is not below the modulus
     */
    public Optional<byte[]> apply(byte[] input) {
        BigInteger number = new BigInteger(1, input);
        if (number.compareTo(publicKey.modulus()) >= 0) {
            return Optional.empty();
        }
        blinding.begin(prime, input);
        BigInteger unblinding = blinding.inverse();
        BigInteger blinded = crt.power(number.multiply(blinding.factor()), helpers, blinding::advance);
        BigInteger modulus = publicKey.modulus();
        BigInteger result = blinded.multiply(unblinding).mod(modulus);
        if (!result.modPow(publicKey.exponent(), modulus).equals(number)) {
            result = crt.powerWithout(number, publicKey);
        }
        return Optional.of(Numbers.octets(result, publicKey.size()));
    }
}
