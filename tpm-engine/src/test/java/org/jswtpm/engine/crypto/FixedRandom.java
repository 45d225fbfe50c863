package org.jswtpm.engine.crypto;

import java.math.BigInteger;

/** Gives the octets of known numbers, so that published examples can be computed. */
final class FixedRandom implements RandomSource {
    private final BigInteger[] numbers;
    private int next;

    private FixedRandom(BigInteger... numbers) {
        this.numbers = numbers;
    }

    /** A source from which {@link EccPrivateKey#generate} draws these scalars. */
    static FixedRandom scalars(String... hex) {
        BigInteger[] numbers = new BigInteger[hex.length];
        for (int i = 0; i < hex.length; i++) {
            numbers[i] = new BigInteger(hex[i], 16).subtract(BigInteger.ONE);
        }
        return new FixedRandom(numbers);
    }

    @Override
    public void generate(byte[] target) {
        byte[] octets = Numbers.octets(numbers[next++], target.length);
        System.arraycopy(octets, 0, target, 0, target.length);
    }
}
