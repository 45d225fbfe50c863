package org.jswtpm.engine.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DrbgTest {
    private static final byte[] NONE = new byte[0];

    /** NIST CAVP, CTR_DRBG.rsp of drbgvectors_no_reseed / pr_false: [AES-256 no df], 384, 128, 0, 0, COUNT = 0. */
    @Test
    void answersLikeTheTestVectorOfNist() {
        byte[] entropy = hex("0d15aa80b16c3a10906cfedb795dae0b5b81041c5c5bfacb"
                + "373d4440d9120f7e3d6cf90986cf52d85d3e947d8c061f91");
        Drbg drbg = Drbg.instantiate(target -> System.arraycopy(entropy, 0, target, 0, 48), NONE);
        assertArrayEquals(hex("28e0ebb8210166508c8f65f2207bd0a3"), drbg.generate(16));
        drbg.reseed(hex("6ee793a33955d72ad12fd80a8a3fcf95ed3b4dac5795fe25"
                + "cf869f7c27573bbc56f1acae13a65042b340093c464a7a22"));
        assertArrayEquals(hex("946f5182d54510b9461248f571ca06c9"), drbg.generate(16));
    }

    /** What is written again before anything was drawn is what was read. */
    @Test
    void isInTheSavedStateUntilItAnswers() {
        Drbg drbg = Drbg.instantiate(new Counting(), NONE);
        drbg.setContinuousTest(true);
        drbg.generate(5);
        Drbg restored = Drbg.restore(new Counting(), drbg.state());
        assertEquals(2, restored.state().reseedCounter());
        assertArrayEquals(drbg.state().seed(), restored.state().seed());
        assertArrayEquals(drbg.state().lastValue(), restored.state().lastValue());
        restored.generate(1);
        assertFalse(Arrays.equals(drbg.state().seed(), restored.state().seed()));
    }

    @Test
    void answersFromASavedStateAsOneThatWasStirred() {
        Drbg drbg = Drbg.instantiate(new Counting(), NONE);
        Drbg.State saved = drbg.state();
        drbg.reseed(new Counting().next());
        assertArrayEquals(
                drbg.generate(100), Drbg.restore(new Counting(), saved).generate(100));
    }

    @Test
    void goesOnUnlikeOthersFromTheSameState() {
        Drbg.State saved = Drbg.instantiate(new Counting(), NONE).state();
        Counting entropy = new Counting();
        Set<String> answers = new HashSet<>();
        for (int clone = 0; clone < 10; clone++) {
            answers.add(HexFormat.of().formatHex(Drbg.restore(entropy, saved).generate(16)));
        }
        assertEquals(10, answers.size());
    }

    /** The stirring that is due comes before the one that is asked for. */
    @Test
    void losesNoEntropyWhenItIsStirredFirst() {
        Drbg drbg = Drbg.instantiate(new Counting(), NONE);
        Counting entropy = new Counting();
        Drbg restored = Drbg.restore(entropy, drbg.state());
        restored.stir(NONE);
        Counting same = new Counting();
        drbg.reseed(same.next());
        drbg.reseed(same.next());
        assertArrayEquals(drbg.generate(100), restored.generate(100));
    }

    @Test
    void isNotRestoredWithoutEntropy() {
        Drbg.State saved = Drbg.instantiate(new Counting(), NONE).state();
        Entropy none = target -> {
            throw new IllegalStateException("no entropy");
        };
        assertThrows(IllegalStateException.class, () -> Drbg.restore(none, saved));
    }

    @Test
    void stirsInAdditionalData() {
        Drbg plain = Drbg.instantiate(new Counting(), NONE);
        Drbg stirred = Drbg.instantiate(new Counting(), NONE);
        plain.stir(NONE);
        stirred.stir(new byte[] {1});
        assertFalse(Arrays.equals(plain.generate(16), stirred.generate(16)));
    }

    @Test
    void reseedsItselfAfterAThousandRequests() {
        Counting entropy = new Counting();
        Drbg drbg = Drbg.instantiate(entropy, NONE);
        for (int request = 1; request < 1024; request++) {
            drbg.generate(1);
        }
        assertEquals(1, entropy.calls);
        drbg.generate(1);
        assertEquals(2, entropy.calls);
        assertEquals(2, drbg.state().reseedCounter());
    }

    /** How many octets are drawn from a seed is part of the format of keys, and no reseeding may come between. */
    @Test
    void oneMadeFromASeedIsNeverReseeded() {
        Drbg drbg = Drbg.seeded(new byte[32], "", NONE, NONE, SeedCompatLevel.LATEST);
        for (int request = 1; request < 1 << 20; request++) {
            drbg.generate(NONE);
        }
        assertEquals(1 << 20, drbg.state().reseedCounter());
        assertThrows(IllegalStateException.class, () -> drbg.generate(NONE));
    }

    @Test
    void continuousTestStopsAGeneratorThatRepeatsItself() {
        Drbg drbg = Drbg.instantiate(new Counting(), NONE);
        Drbg.State state = drbg.state();
        byte[] next = drbg.generate(16);
        int[] lastValue = new int[4];
        for (int i = 0; i < 4; i++) {
            lastValue[i] = Integer.reverseBytes(java.nio.ByteBuffer.wrap(next).getInt(i * 4));
        }
        Drbg repeating = Drbg.restore(new Counting(), new Drbg.State(1, state.seed(), lastValue));
        repeating.setContinuousTest(true);
        assertThrows(IllegalStateException.class, () -> repeating.generate(16));
    }

    @Test
    void derivedSourceGivesTheOctetsOfKdfa() {
        byte[] key = hex("00112233445566778899aabbccddeeff");
        byte[] label = {'l'};
        byte[] context = {'c'};
        byte[] all = Kdf.kdfa(Digest.SHA1, key, label, context, NONE, 8192);
        KdfRandom random = new KdfRandom(Digest.SHA1, key, label, context);
        int done = 0;
        for (int size : new int[] {1, 18, 2, 60, 66, 0, 20}) {
            assertArrayEquals(Arrays.copyOfRange(all, done, done + size), random.generate(size));
            done += size;
        }
        assertThrows(IllegalStateException.class, () -> random.generate(1000));
    }

    /** Entropy that can be foreseen: 0, 1, 2 ... */
    private static final class Counting implements Entropy {
        private int calls;

        @Override
        public void fill(byte[] target) {
            for (int i = 0; i < target.length; i++) {
                target[i] = (byte) (calls * target.length + i);
            }
            calls++;
        }

        byte[] next() {
            byte[] next = new byte[Drbg.SEED_SIZE];
            fill(next);
            return next;
        }
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}
