package org.jswtpm.engine.tpm2.clock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.jswtpm.engine.Host;
import org.jswtpm.engine.StateKind;
import org.jswtpm.engine.tpm2.nv.NvChanges;
import org.jswtpm.engine.tpm2.structure.ClockAdjust;
import org.junit.jupiter.api.Test;

class TpmClockTest {
    private final SetClock host = new SetClock();
    private final NvChanges changes = new NvChanges();
    private final TpmClock clock = new TpmClock(host, changes);

    @Test
    void countsFromPowerOn() {
        host.now = 1_000_000;
        clock.manufacture();
        clock.powerOn();
        clock.update();
        host.now += 1500;
        clock.update();
        assertEquals(1500, clock.time());
        assertEquals(1500, clock.clock());

        clock.powerOn();
        host.now += 10;
        clock.update();
        assertEquals(10, clock.time());
        assertEquals(1510, clock.clock());
    }

    @Test
    void startsAnEpochWithEachPowerOn() {
        clock.powerOn();
        clock.update();
        assertEquals(1, clock.epoch());
        assertTrue(changes.isCommitNeeded());
        changes.reset();
        clock.update();
        assertEquals(1, clock.epoch());
        assertFalse(changes.isCommitNeeded());
    }

    @Test
    void isSafeAgainOnceAnIntervalHasPassed() {
        clock.manufacture();
        clock.powerOn();
        clock.startup(false);
        host.now = 4095;
        clock.update();
        assertFalse(clock.isSafe());
        host.now = 4096;
        clock.update();
        assertTrue(clock.isSafe());
    }

    @Test
    void adjustsItsRateWithinLimits() {
        clock.powerOn();
        clock.update();
        clock.adjustRate(ClockAdjust.COARSE_FASTER);
        host.now = 29_700;
        clock.update();
        assertEquals(30_000, clock.time());
        for (int i = 0; i < 100; i++) {
            clock.adjustRate(ClockAdjust.COARSE_SLOWER);
        }
        host.now += 35_000;
        clock.update();
        assertEquals(60_000, clock.time());
    }

    @Test
    void losesNothingToRounding() {
        clock.powerOn();
        clock.update();
        clock.adjustRate(ClockAdjust.MEDIUM_SLOWER);
        for (int i = 0; i < 3003; i++) {
            host.now += 10;
            clock.update();
        }
        assertEquals(30_000, clock.time());
    }

    private static final class SetClock implements Host {
        private long now;

        @Override
        public void fillEntropy(byte[] target) {
            throw new IllegalStateException("a clock needs no entropy");
        }

        @Override
        public long monotonicMillis() {
            return now;
        }

        @Override
        public long wallClockMillis() {
            return now;
        }

        @Override
        public Optional<byte[]> load(StateKind kind) {
            return Optional.empty();
        }

        @Override
        public void commit(StateKind kind, byte[] blob) {
            throw new IllegalStateException("a clock commits nothing");
        }

        @Override
        public void delete(StateKind kind) {}
    }
}
