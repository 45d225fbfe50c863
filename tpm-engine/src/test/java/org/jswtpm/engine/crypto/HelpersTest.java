package org.jswtpm.engine.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever threads a host lends: keys, draws and results are those that one thread comes to. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class HelpersTest {
    private static final byte[] SEED = new byte[32];

    private static Drbg seeded(int name, SeedCompatLevel level) {
        return Drbg.seeded(SEED, "HELPERS", new byte[] {(byte) name}, new byte[0], level);
    }

    private static Optional<RsaPrivateKey> generate(
            int bits, RandomSource random, Helpers helpers, Cancellation cancellation) {
        return RsaKeyGenerator.generate(bits, 0, random, new PrimePool(), helpers, cancellation);
    }

    @ParameterizedTest
    @EnumSource
    void changeNeitherAKeyNorADraw(LentThreads lending) throws Exception {
        for (SeedCompatLevel level : SeedCompatLevel.values()) {
            for (int name = 0; name < 6; name++) {
                int bits = name < 4 ? 512 : 1024;
                Drbg alone = seeded(name, level);
                RsaPrivateKey expected =
                        generate(bits, alone, Helpers.NONE, Cancellation.NEVER).orElseThrow();
                Drbg helped = seeded(name, level);
                LentThreads.Host host = lending.host();
                RsaPrivateKey key =
                        generate(bits, helped, host, Cancellation.NEVER).orElseThrow();
                host.awaitEnd();
                assertArrayEquals(expected.modulus(), key.modulus());
                assertArrayEquals(expected.prime(), key.prime());
                assertArrayEquals(alone.generate(16), helped.generate(16), "an octet too many or too few");
            }
        }
    }

    /** Such as the generator of a derived object. */
    @Test
    void areOfNoUseWithASourceThatCannotBeSetBack() throws Exception {
        LentThreads.Host host = LentThreads.ONE.host();
        Drbg octets = seeded(1, SeedCompatLevel.LATEST);
        RandomSource oneWay = octets::generate;
        RsaPrivateKey key = generate(512, oneWay, host, Cancellation.NEVER).orElseThrow();
        host.awaitEnd();
        assertArrayEquals(
                generate(512, seeded(1, SeedCompatLevel.LATEST), Helpers.NONE, Cancellation.NEVER)
                        .orElseThrow()
                        .modulus(),
                key.modulus());
    }

    @ParameterizedTest
    @EnumSource
    void leaveNothingBehindWhenTheSearchIsCanceled(LentThreads lending) throws Exception {
        for (int asked = 1; asked < 40; asked += 3) {
            Drbg alone = seeded(7, SeedCompatLevel.LATEST);
            assertEquals(Optional.empty(), generate(2048, alone, Helpers.NONE, after(asked)));
            Drbg helped = seeded(7, SeedCompatLevel.LATEST);
            LentThreads.Host host = lending.host();
            assertEquals(Optional.empty(), generate(2048, helped, host, after(asked)));
            host.awaitEnd();
            assertArrayEquals(alone.generate(16), helped.generate(16));
        }
    }

    private static Cancellation after(int asked) {
        AtomicInteger left = new AtomicInteger(asked);
        return () -> left.decrementAndGet() <= 0;
    }

    @ParameterizedTest
    @EnumSource
    void computeHalfOfAnOperation(LentThreads lending) throws Exception {
        RsaPrivateKey key = generate(1024, seeded(3, SeedCompatLevel.LATEST), Helpers.NONE, Cancellation.NEVER)
                .orElseThrow();
        LentThreads.Host host = lending.host();
        for (int i = 1; i < 20; i++) {
            byte[] input = Numbers.octets(BigInteger.valueOf(i).pow(50), 128);
            byte[] output = key.with(host).apply(input).orElseThrow();
            assertArrayEquals(input, key.publicKey().apply(output).orElseThrow());
            assertArrayEquals(key.apply(input).orElseThrow(), output);
        }
        host.awaitEnd();
    }

    /** A base that there is not stands for any fault: a thread without stack or memory, for example. */
    @Test
    void mayFail() throws Exception {
        MillerRabin test = new MillerRabin(BigInteger.valueOf(65537));
        CountDownLatch failed = new CountDownLatch(1);
        AtomicInteger lent = new AtomicInteger();
        Helpers helpers = task -> {
            if (lent.incrementAndGet() > 1) {
                return false;
            }
            new Thread(() -> {
                        assertThrows(NullPointerException.class, task::run);
                        failed.countDown();
                    })
                    .start();
            return true;
        };
        try (Trials trials = new Trials(helpers)) {
            assertTrue(trials.depth() > 1);
            Trials.Trial bad = trials.add(test, null);
            failed.await();
            assertTrue(trials.passes(trials.add(test, BigInteger.valueOf(3))), "is done without the one that failed");
            assertThrows(NullPointerException.class, () -> trials.passes(bad), "what it failed at is not lost");
        }
    }

    @Test
    void aRoundTellsPrimesFromOthers() {
        assertTrue(new MillerRabin(BigInteger.valueOf(65537)).passes(BigInteger.valueOf(3)));
        MillerRabin pseudoprime = new MillerRabin(BigInteger.valueOf(2047));
        assertTrue(pseudoprime.passes(BigInteger.TWO), "a strong liar");
        assertFalse(pseudoprime.passes(BigInteger.valueOf(3)));
    }
}
