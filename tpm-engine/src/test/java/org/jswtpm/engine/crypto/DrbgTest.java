package org.jswtpm.engine.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.HexFormat;
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

    @Test
    void goesOnFromASavedState() {
        Drbg drbg = Drbg.instantiate(new Counting(), NONE);
        drbg.setContinuousTest(true);
        drbg.generate(5);
        Drbg restored = Drbg.restore(new Counting(), drbg.state());
        assertEquals(2, restored.state().reseedCounter());
        assertArrayEquals(drbg.state().lastValue(), restored.state().lastValue());
        assertArrayEquals(drbg.generate(100), restored.generate(100));
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
    void reseedsItselfAfterTooManyRequests() {
        Counting entropy = new Counting();
        Drbg.State state = Drbg.instantiate(entropy, NONE).state();
        Drbg drbg = Drbg.restore(entropy, new Drbg.State(1L << 20, state.seed(), state.lastValue()));
        drbg.generate(1);
        assertEquals(2, entropy.calls);
        assertEquals(2, drbg.state().reseedCounter());
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
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}
