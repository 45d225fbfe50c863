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
    private BigInteger blinding;
    private BigInteger unblinding;

    private RsaPrivateKey(RsaPublicKey publicKey, BigInteger prime, BigInteger otherPrime, Crt crt) {
        this.publicKey = publicKey;
        this.prime = prime;
        this.otherPrime = otherPrime;
        this.crt = crt;
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
        return Crt.of(publicKey.exponent(), first, division[0])
                .map(crt -> new RsaPrivateKey(publicKey, first, division[0], crt));
    }

    /** The key with these primes; {@code prime} is the one that goes into the sensitive area. */
    static Optional<RsaPrivateKey> ofPrimes(BigInteger exponent, BigInteger prime, BigInteger otherPrime) {
        RsaPublicKey publicKey = new RsaPublicKey(prime.multiply(otherPrime), exponent);
        return Crt.of(exponent, prime, otherPrime).map(crt -> new RsaPrivateKey(publicKey, prime, otherPrime, crt));
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
        return crt.largerExponent;
    }

    /** dQ of libtpms: the inverse of the exponent for the SMALLER of the primes, minus one. */
    public BigInteger exponentOfSmaller() {
        return crt.smallerExponent;
    }

    /** qInv of libtpms: the inverse of the smaller prime modulo the larger one. */
    public BigInteger coefficient() {
        return crt.coefficient;
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
        BigInteger modulus = publicKey.modulus();
        nextBlinding(input);
        BigInteger result = crt.power(number.multiply(blinding).mod(modulus));
        result = result.multiply(unblinding).mod(modulus);
        if (!result.modPow(publicKey.exponent(), modulus).equals(number)) {
            result = crt.powerWithout(number, publicKey);
        }
        return Optional.of(Numbers.octets(result, publicKey.size()));
    }

    /**
     * Makes the time of an operation independent of what the caller chose: BigInteger does not compute in constant
     * time. The first factor is derived from the key, which the caller does not know; later ones are its squares.
     */
    private void nextBlinding(byte[] input) {
        BigInteger modulus = publicKey.modulus();
        if (blinding == null) {
            byte[] factor =
                    Kdf.kdfa(Digest.SHA256, prime.toByteArray(), "BLINDING", input, new byte[0], publicKey.size() * 8);
            BigInteger base = new BigInteger(1, factor).mod(modulus);
            unblinding = Numbers.inverse(base, modulus).orElse(BigInteger.ONE);
            blinding = unblinding.equals(BigInteger.ONE) ? BigInteger.ONE : base.modPow(publicKey.exponent(), modulus);
        } else {
            blinding = blinding.multiply(blinding).mod(modulus);
            unblinding = unblinding.multiply(unblinding).mod(modulus);
        }
    }

    /** The numbers for the Chinese remainder theorem; the larger prime comes first, as in the reference. */
    private static final class Crt {
        private final BigInteger larger;
        private final BigInteger smaller;
        private final BigInteger largerExponent;
        private final BigInteger smallerExponent;
        private final BigInteger coefficient;

        private Crt(
                BigInteger larger,
                BigInteger smaller,
                BigInteger largerExponent,
                BigInteger smallerExponent,
                BigInteger coefficient) {
            this.larger = larger;
            this.smaller = smaller;
            this.largerExponent = largerExponent;
            this.smallerExponent = smallerExponent;
            this.coefficient = coefficient;
        }

        /** Empty if one of the numbers that must have an inverse has none: then the primes are none. */
        static Optional<Crt> of(BigInteger exponent, BigInteger prime, BigInteger otherPrime) {
            BigInteger larger = prime.max(otherPrime);
            BigInteger smaller = prime.min(otherPrime);
            Optional<BigInteger> largerExponent = inverseForPrime(exponent, larger);
            Optional<BigInteger> smallerExponent = inverseForPrime(exponent, smaller);
            Optional<BigInteger> coefficient = Numbers.inverse(smaller, larger);
            if (largerExponent.isEmpty() || smallerExponent.isEmpty() || coefficient.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(
                    new Crt(larger, smaller, largerExponent.get(), smallerExponent.get(), coefficient.get()));
        }

        /**
         * The inverse of the public exponent modulo a prime less one. As the exponent e is small, it is cheaper to invert
         * the other way round: with k = -1 / (p - 1) mod e, the inverse is (1 + k (p - 1)) / e.
         */
        private static Optional<BigInteger> inverseForPrime(BigInteger exponent, BigInteger prime) {
            BigInteger order = prime.subtract(BigInteger.ONE);
            if (order.signum() <= 0 || exponent.bitLength() < 2) {
                return Optional.empty();
            }
            BigInteger remainder = order.mod(exponent);
            return Numbers.inverse(remainder, exponent).map(inverse -> {
                BigInteger multiple = exponent.subtract(inverse).multiply(order);
                return multiple.add(BigInteger.ONE).divide(exponent);
            });
        }

        BigInteger power(BigInteger number) {
            BigInteger first = number.modPow(largerExponent, larger);
            BigInteger second = number.modPow(smallerExponent, smaller);
            BigInteger quotient = first.subtract(second).multiply(coefficient).mod(larger);
            return quotient.multiply(smaller).add(second);
        }

        BigInteger powerWithout(BigInteger number, RsaPublicKey publicKey) {
            BigInteger first = larger.subtract(BigInteger.ONE);
            BigInteger second = smaller.subtract(BigInteger.ONE);
            BigInteger order = first.multiply(second).divide(first.gcd(second));
            return number.modPow(publicKey.exponent().modInverse(order), publicKey.modulus());
        }
    }
}
