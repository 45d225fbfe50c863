package org.jswtpm.engine.crypto;

import java.math.BigInteger;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/** The numbers for the Chinese remainder theorem; the larger prime comes first, as in the reference. */
final class Crt {
    /**
     * How often the other half is looked for: a fraction of a millisecond, for which a helper may have begun later. One that takes
     * longer has lost its processor, and is not waited for.
     */
    private static final int LOOKS = 5000;

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
        return Optional.of(new Crt(larger, smaller, largerExponent.get(), smallerExponent.get(), coefficient.get()));
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

    /** The inverse of the public exponent for the larger prime, minus one. */
    BigInteger largerExponent() {
        return largerExponent;
    }

    /** The inverse of the public exponent for the smaller prime, minus one. */
    BigInteger smallerExponent() {
        return smallerExponent;
    }

    /** The inverse of the smaller prime modulo the larger one. */
    BigInteger coefficient() {
        return coefficient;
    }

    /**
     * The private operation.
     *
     * @param number as large as it likes to be
     * @param helpers one of whom may compute half of it
     * @param meanwhile what is done while that half may still be under way
     */
    BigInteger power(BigInteger number, Helpers helpers, Runnable meanwhile) {
        FutureTask<BigInteger> half = new FutureTask<>(() -> half(number, smallerExponent, smaller));
        if (!helpers.tryRun(half)) {
            half.run();
        }
        BigInteger first = half(number, largerExponent, larger);
        meanwhile.run();
        BigInteger second = result(half, number);
        BigInteger quotient = first.subtract(second).multiply(coefficient).mod(larger);
        return quotient.multiply(smaller).add(second);
    }

    private static BigInteger half(BigInteger number, BigInteger exponent, BigInteger prime) {
        return number.mod(prime).modPow(exponent, prime);
    }

    /** What no helper has begun, one has failed at, or one is too slow with, is computed here. */
    private BigInteger result(FutureTask<BigInteger> half, BigInteger number) {
        half.run();
        for (int i = 0; i < LOOKS && !half.isDone(); i++) {
            Thread.onSpinWait();
        }
        return half.state() == Future.State.SUCCESS ? half.resultNow() : half(number, smallerExponent, smaller);
    }

    /** The private operation without the theorem, for a key whose "primes" are none. */
    BigInteger powerWithout(BigInteger number, RsaPublicKey publicKey) {
        BigInteger first = larger.subtract(BigInteger.ONE);
        BigInteger second = smaller.subtract(BigInteger.ONE);
        BigInteger order = first.multiply(second).divide(first.gcd(second));
        return number.modPow(publicKey.exponent().modInverse(order), publicKey.modulus());
    }
}
