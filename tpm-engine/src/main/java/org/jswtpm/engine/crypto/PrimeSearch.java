package org.jswtpm.engine.crypto;

import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * The search for an RSA prime as the reference does it (CryptPrime.c). Candidates and the bases of the Miller-Rabin test
 * come from one source, so every octet that is drawn here decides what is found later: not one may be saved.
 *
 * <p>Where helpers are lent, it looks ahead: nearly every candidate fails its first round, so the base of the next one is drawn
 * as if this one did, and a prime passes all rounds, so their bases are drawn together. The results are taken in order; where
 * one is not as expected, the source is set back to where the reference would be.
 */
final class PrimeSearch implements AutoCloseable {
    private final RandomSource random;
    private final BigInteger exponent;
    private final Cancellation cancellation;
    private final Trials trials;
    /** Candidates whose first base is drawn. */
    private final ArrayDeque<Draw> ahead = new ArrayDeque<>();
    /** Candidates that were ahead and have no base any more. */
    private final ArrayDeque<MillerRabin> again = new ArrayDeque<>();

    PrimeSearch(RandomSource random, BigInteger exponent, Cancellation cancellation, Helpers helpers) {
        this.random = random;
        this.exponent = exponent;
        this.cancellation = cancellation;
        this.trials = new Trials(helpers);
    }

    /** A round whose base is drawn. The mark stands before that base; null if nothing was undecided then. */
    private record Draw(MillerRabin test, Trials.Trial trial, RandomSource.Mark before) {
        void end() {
            if (before != null) {
                before.wipe();
            }
        }
    }

    /** A prime of {@code bits} bits, at least half the square root of two in size; null if the search was canceled. */
    BigInteger find(int bits) {
        while (true) {
            again.clear();
            PrimeField field = new PrimeField(candidate(bits));
            MillerRabin found = firstPrime(field);
            if (found != null) {
                return found.number();
            }
            if (cancellation.isRequested()) {
                return null;
            }
        }
    }

    /** Null if there is none, and if the search was canceled. */
    private MillerRabin firstPrime(PrimeField field) {
        while (!cancellation.isRequested()) {
            drawAhead(field);
            if (ahead.isEmpty()) {
                return null;
            }
            Draw draw = ahead.remove();
            boolean passes = trials.passes(draw.trial);
            draw.end();
            if (passes) {
                setAside();
                if (passesFurtherRounds(draw.test)) {
                    return draw.test;
                }
            }
        }
        takeBack(ahead);
        return null;
    }

    private void drawAhead(PrimeField field) {
        int depth = trials.depth();
        MillerRabin next = ahead.size() < depth ? next(field) : null;
        while (next != null && draw(next, ahead)) {
            next = ahead.size() < depth ? next(field) : null;
        }
        if (next != null) {
            again.addFirst(next);
        }
    }

    /** The next candidate; null if there is none. */
    private MillerRabin next(PrimeField field) {
        if (!again.isEmpty()) {
            return again.remove();
        }
        BigInteger number = field.next();
        while (number != null && !suitsExponent(number)) {
            number = field.next();
        }
        return number == null ? null : new MillerRabin(number);
    }

    /** Draws a base behind what {@code draws} hold already; false if a source that cannot be set back lets nothing be ahead. */
    private boolean draw(MillerRabin test, ArrayDeque<Draw> draws) {
        RandomSource.Mark before = null;
        if (!draws.isEmpty()) {
            before = random.mark();
            if (before == null) {
                return false;
            }
        }
        draws.add(new Draw(test, trials.add(test, test.drawBase(random)), before));
        return true;
    }

    /** The rounds behind the first, which only a prime comes to. */
    private boolean passesFurtherRounds(MillerRabin test) {
        ArrayDeque<Draw> rounds = new ArrayDeque<>();
        int left = test.rounds() - 1;
        boolean passes = true;
        while (passes && left + rounds.size() > 0) {
            int depth = trials.depth();
            while (left > 0 && rounds.size() < depth && draw(test, rounds)) {
                left--;
            }
            Draw round = rounds.remove();
            passes = trials.passes(round.trial);
            round.end();
        }
        takeBack(rounds);
        return passes;
    }

    /** The candidates that are ahead come after all rounds of this one. */
    private void setAside() {
        for (Draw draw : ahead) {
            again.add(draw.test);
        }
        takeBack(ahead);
    }

    /** Makes undone what was drawn behind a round that is decided now. */
    private void takeBack(ArrayDeque<Draw> draws) {
        trials.forget();
        if (!draws.isEmpty()) {
            draws.peek().before.rewind();
        }
        for (Draw draw : draws) {
            draw.end();
        }
        draws.clear();
    }

    /**
     * The next candidate, odd and not below half the square root of two. The original rule also cleared the 32 bits
     * behind the first 16, on machines with words of 64 bits: the fault for which there is a newer rule.
     */
    private BigInteger candidate(int bits) {
        byte[] octets = random.generate(bits / 8);
        switch (random.seedCompatLevel()) {
            case ORIGINAL -> {
                reverse(octets);
                int top = (octets[0] & 0xff) << 8 | octets[1] & 0xff;
                int adjusted = (top * 0x4afb >>> 16) + 0xb505;
                octets[0] = (byte) (adjusted >> 8);
                octets[1] = (byte) adjusted;
                Arrays.fill(octets, 2, 6, (byte) 0);
            }
            case RSA_PRIME_ADJUST_FIX -> {
                int high = (octets[0] & 0xff) << 8 | octets[1] & 0xff;
                int low = (octets[2] & 0xff) << 8 | octets[3] & 0xff;
                int adjusted = high * 0x4afb + (low * 0x4afb >>> 16) + 0xb5050000;
                for (int i = 0; i < 4; i++) {
                    octets[i] = (byte) (adjusted >> (24 - 8 * i));
                }
            }
        }
        octets[octets.length - 1] |= 1;
        BigInteger candidate = new BigInteger(1, octets);
        Arrays.fill(octets, (byte) 0);
        return candidate;
    }

    /** Whether the public exponent, a prime, divides neither the number nor what comes before it. */
    private boolean suitsExponent(BigInteger number) {
        return number.mod(exponent).compareTo(BigInteger.ONE) > 0;
    }

    private static void reverse(byte[] octets) {
        for (int i = 0, j = octets.length - 1; i < j; i++, j--) {
            byte other = octets[i];
            octets[i] = octets[j];
            octets[j] = other;
        }
    }

    /** Ends the help; returns when no helper is at work any more. */
    @Override
    public void close() {
        trials.close();
    }
}
