package org.jswtpm.engine.tpm12.differential;

import java.util.random.RandomGenerator;
import org.jswtpm.engine.wire.Bytes;

/** What scenes choose at random. */
record Dice(RandomGenerator random) {
    int below(int bound) {
        return random.nextInt(bound);
    }

    int any() {
        return random.nextInt();
    }

    /** True once in so many times. */
    boolean once(int times) {
        return random.nextInt(times) == 0;
    }

    int number(int... choices) {
        return choices[random.nextInt(choices.length)];
    }

    @SafeVarargs
    final <T> T of(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    Bytes octets(int size) {
        byte[] octets = new byte[size];
        random.nextBytes(octets);
        return Bytes.wrap(octets);
    }
}
