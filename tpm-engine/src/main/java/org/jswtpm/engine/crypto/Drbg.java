package org.jswtpm.engine.crypto;

import java.util.Arrays;

/**
 * The CTR_DRBG of SP 800-90A, 10.2.1, over AES-256, as the reference implements it. It is the TPM's own generator, whose
 * state is saved, and, made from a primary seed, the generator from which a primary key is drawn.
 *
 * <p>Not thread safe. {@link #close()} wipes it.
 */
public final class Drbg implements RandomSource, AutoCloseable {
    /** Octets of the working state: an AES-256 key and a counter block. */
    public static final int SEED_SIZE = 48;

    private static final int KEY_SIZE = 32;
    private static final int BLOCK = Aes.BLOCK;
    /** What one made from a seed may be asked, as in the specification. */
    private static final long MAX_REQUESTS = 1L << 20;
    /**
     * After so many requests the TPM's own is reseeded. The specification lets it answer 2^20 times, which a guest does not
     * reach in years, and all the while who has read its state could foresee it; at this number reseeding costs nothing.
     */
    private static final long RESEED_INTERVAL = 1L << 10;

    /** Who reseeds the generator when it has answered often enough; null for one made from a seed. */
    private final Entropy entropy;

    private final SeedCompatLevel seedCompatLevel;
    private final byte[] seed = new byte[SEED_SIZE];
    private final byte[] lastBlock = new byte[BLOCK];
    /** Of a generator that was restored: entropy that goes in before it answers; null without. */
    private byte[] pending;

    private long reseedCounter = 1;
    private boolean continuousTest;

    private Drbg(Entropy entropy, SeedCompatLevel seedCompatLevel) {
        this.entropy = entropy;
        this.seedCompatLevel = seedCompatLevel;
    }

    /** A generator with fresh entropy (CTR_DRBG_Instantiate); {@code personalization} may be empty. */
    public static Drbg instantiate(Entropy entropy, byte[] personalization) {
        Drbg drbg = new Drbg(entropy, SeedCompatLevel.LATEST);
        drbg.stir(personalization);
        return drbg;
    }

    /**
     * A generator that is determined by its arguments (DRBG_InstantiateSeeded); from equal ones follow equal keys.
     *
     * @param primarySeed the seed of the hierarchy
     * @param purpose a label such as "Primary Object Creation"; its zero octet counts
     * @param name the Name of the template
     * @param additional what the caller adds in inSensitive.data; may be empty
     */
    public static Drbg seeded(
            byte[] primarySeed, String purpose, byte[] name, byte[] additional, SeedCompatLevel seedCompatLevel) {
        Drbg drbg = new Drbg(null, seedCompatLevel);
        drbg.reseed(DerivationFunction.derive(primarySeed, Kdf.label(purpose), name, additional));
        return drbg;
    }

    /**
     * A generator in a state that {@link #state()} gave. Another one may go on from the same state, as clones of a machine do, and
     * what they draw must not be the same: entropy is taken now, so that a host without any is noticed, and stirred in before the
     * first answer. Until then the state is the one that was given.
     */
    public static Drbg restore(Entropy entropy, State state) {
        Drbg drbg = new Drbg(entropy, SeedCompatLevel.LATEST);
        drbg.pending = drbg.fresh();
        drbg.set(state);
        return drbg;
    }

    private void set(State state) {
        System.arraycopy(state.seed, 0, seed, 0, SEED_SIZE);
        for (int i = 0; i < 4; i++) {
            for (int octet = 0; octet < 4; octet++) {
                lastBlock[i * 4 + octet] = (byte) (state.lastValue[i] >> (8 * octet));
            }
        }
        reseedCounter = state.reseedCounter;
    }

    /**
     * Has every block compared with the one before, as FIPS 140-2, 4.9.2 asks for; two equal ones in a row are the end
     * of the generator. Off in a new generator, as in libtpms, where a profile turns it on.
     */
    public void setContinuousTest(boolean continuousTest) {
        this.continuousTest = continuousTest;
    }

    @Override
    public SeedCompatLevel seedCompatLevel() {
        return seedCompatLevel;
    }

    /**
     * Fills {@code target}; every call changes the state, also one for no octets.
     *
     * @throws IllegalStateException if the continuous test fails, or one made from a seed has been asked 2^20 times
     */
    @Override
    public void generate(byte[] target) {
        if (pending != null) {
            stirPending();
        } else if (entropy != null && reseedCounter >= RESEED_INTERVAL) {
            reseed(fresh());
        } else if (reseedCounter >= MAX_REQUESTS) {
            throw new IllegalStateException("a generator that cannot be reseeded was asked too often");
        }
        Aes aes = withKey();
        encrypt(aes, target);
        update(aes);
        aes.wipe();
        reseedCounter++;
    }

    /** Reseeds from the host's entropy and {@code additional}, which may be empty (TPM2_StirRandom). */
    public void stir(byte[] additional) {
        if (pending != null) {
            stirPending();
        }
        byte[] fresh = fresh();
        if (additional.length > 0) {
            byte[] derived = DerivationFunction.derive(additional);
            xor(fresh, derived);
            Arrays.fill(derived, (byte) 0);
        }
        reseed(fresh);
    }

    private byte[] fresh() {
        byte[] fresh = new byte[SEED_SIZE];
        entropy.fill(fresh);
        return fresh;
    }

    private void stirPending() {
        reseed(pending);
        pending = null;
    }

    /**
     * Reseeds from {@code additional} alone (DRBG_AdditionalData): keeps what follows from a primary seed unlike for
     * those who do not know it. It may not be empty.
     */
    public void mix(byte[] additional) {
        if (additional.length == 0) {
            throw new IllegalArgumentException("nothing to mix in");
        }
        reseed(DerivationFunction.derive(additional));
    }

    /** Reseeds with octets of full entropy, which are wiped (CTR_DRBG_Reseed without additional input). */
    void reseed(byte[] fresh) {
        Aes aes = withKey();
        update(aes);
        aes.wipe();
        xor(seed, fresh);
        Arrays.fill(fresh, (byte) 0);
        reseedCounter = 1;
    }

    /** A copy of the state, to be saved; the caller's to wipe. */
    public State state() {
        int[] lastValue = new int[4];
        for (int i = 0; i < BLOCK; i++) {
            lastValue[i / 4] |= (lastBlock[i] & 0xff) << (8 * (i % 4));
        }
        return new State(reseedCounter, seed.clone(), lastValue);
    }

    @Override
    public Mark mark() {
        if (pending != null) {
            return null; // set back to here, it would go on without the fresh entropy
        }
        State place = state();
        return new Mark() {
            @Override
            public void rewind() {
                set(place);
            }

            @Override
            public void wipe() {
                Arrays.fill(place.seed, (byte) 0);
                Arrays.fill(place.lastValue, 0);
            }
        };
    }

    @Override
    public void close() {
        Arrays.fill(seed, (byte) 0);
        Arrays.fill(lastBlock, (byte) 0);
        if (pending != null) {
            Arrays.fill(pending, (byte) 0);
        }
    }

    private Aes withKey() {
        byte[] key = Arrays.copyOf(seed, KEY_SIZE);
        Aes aes = new Aes(key);
        Arrays.fill(key, (byte) 0);
        return aes;
    }

    /** The state becomes the next output of the generator. */
    private void update(Aes aes) {
        byte[] next = new byte[SEED_SIZE];
        encrypt(aes, next);
        System.arraycopy(next, 0, seed, 0, SEED_SIZE);
        Arrays.fill(next, (byte) 0);
    }

    /** Fills {@code target} with the encrypted values of the counter, which is advanced before each block. */
    private void encrypt(Aes aes, byte[] target) {
        byte[] block = new byte[BLOCK];
        for (int done = 0; done < target.length; done += BLOCK) {
            incrementCounter();
            aes.apply(seed, KEY_SIZE, block, 0);
            if (continuousTest) {
                if (Arrays.equals(block, lastBlock)) {
                    throw new IllegalStateException("the random generator repeats itself");
                }
                System.arraycopy(block, 0, lastBlock, 0, BLOCK);
            }
            System.arraycopy(block, 0, target, done, Math.min(BLOCK, target.length - done));
        }
        Arrays.fill(block, (byte) 0);
    }

    private void incrementCounter() {
        int i = SEED_SIZE - 1;
        while (++seed[i] == 0 && i > KEY_SIZE) {
            i--;
        }
    }

    private static void xor(byte[] target, byte[] other) {
        for (int i = 0; i < target.length; i++) {
            target[i] ^= other[i];
        }
    }

    /**
     * The state of a generator, as DRBG_STATE of libtpms has it.
     *
     * @param reseedCounter requests since the last reseeding, plus one
     * @param seed the AES-256 key and, after it, the counter block; {@link #SEED_SIZE} octets
     * @param lastValue the block that the continuous test saw last, as four little endian words
     */
    public record State(long reseedCounter, byte[] seed, int[] lastValue) {
        public State {
            if (seed.length != SEED_SIZE || lastValue.length != 4) {
                throw new IllegalArgumentException("not the state of a generator");
            }
        }

        @Override
        public String toString() {
            return "Drbg.State";
        }
    }
}
