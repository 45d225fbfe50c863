package org.jswtpm.engine.tpm2.clock;

import org.jswtpm.engine.Host;
import org.jswtpm.engine.tpm2.nv.NvChanges;
import org.jswtpm.engine.tpm2.structure.ClockAdjust;

/**
 * Time and Clock (Part 1, 36), in milliseconds: Time counts from the moment of power, Clock goes on over power cycles.
 *
 * <p>Clock reaches NV with the next commit of anything and at an orderly shutdown; it does not cause commits of its own,
 * as in libtpms.
 */
public final class TpmClock {
    /** The rate that neither gains nor loses. */
    private static final int NOMINAL = 30_000;

    private static final int LIMIT = 5_000;
    private static final int COARSE = 300;
    private static final int MEDIUM = 30;
    private static final int FINE = 1;
    /** The bits of Clock below the interval in which it becomes safe again (NV_CLOCK_UPDATE_INTERVAL). */
    private static final long INTERVAL_MASK = (1L << 12) - 1;
    /** Some thousand years; more can only come from a state that nobody saved. */
    private static final long MAX_GAP = 1L << 47;

    private final Host host;
    private final NvChanges changes;

    /** What the host's clock lacks to the system time that drives the timer; see {@link TimerState}. */
    private long hostOffset;

    private long suspended;
    private long lastRead;
    private long powered;
    /** Host milliseconds times the nominal rate that the timer has not counted yet. */
    private long unspent;

    private long timer;
    private int rate = NOMINAL;
    private boolean stopped = true;

    private long time;
    private long clock;
    private boolean safe = true;
    private int epoch;

    public TpmClock(Host host, NvChanges changes) {
        this.host = host;
        this.changes = changes;
    }

    /** A new TPM: Clock is zero, and safe. */
    public void manufacture() {
        clock = 0;
        safe = true;
        epoch = 0;
    }

    /** _TPM_Init: Time starts from zero, at the nominal rate. */
    public void powerOn() {
        hostOffset = 0;
        suspended = 0;
        lastRead = systemTime();
        powered = 0;
        unspent = 0;
        timer = 0;
        rate = NOMINAL;
        stopped = true;
        time = 0;
    }

    /** TPM2_Startup: after a shutdown that was not orderly Clock may have been reported ahead. */
    public void startup(boolean wasOrderly) {
        if (!wasOrderly) {
            safe = false;
        }
    }

    /**
     * Brings Time and Clock up to now; at the begin of each command. The first time after power came back starts a new
     * epoch, which goes to NV.
     */
    public void update() {
        if (stopped) {
            stopped = false;
            epoch++;
            changes.nvChanged();
        }
        long elapsed = readTimer() - time;
        time += elapsed;
        advance(clock + elapsed);
    }

    /** Time: milliseconds since power on, as of the last {@link #update()}. */
    public long time() {
        return time;
    }

    /** Clock, as of the last {@link #update()}; unsigned. */
    public long clock() {
        return clock;
    }

    /** Whether no greater Clock can have been reported. */
    public boolean isSafe() {
        return safe;
    }

    /** A value that changes when Time starts over; sessions that expire remember it. */
    public int epoch() {
        return epoch;
    }

    /** Sets Clock, to a value that is not before it (TPM2_ClockSet). */
    public void advance(long newClock) {
        if (Long.compareUnsigned(newClock | INTERVAL_MASK, clock | INTERVAL_MASK) > 0) {
            safe = true;
        }
        clock = newClock;
    }

    /** TPM2_Clear: Clock is zero again, and safe. */
    public void clear() {
        clock = 0;
        safe = true;
    }

    /** TPM2_ClockRateAdjust; the rate stays within a sixth of the nominal one. */
    public void adjustRate(ClockAdjust adjust) {
        int step = switch (adjust) {
            case COARSE_SLOWER -> COARSE;
            case MEDIUM_SLOWER -> MEDIUM;
            case FINE_SLOWER -> FINE;
            case NO_CHANGE -> 0;
            case FINE_FASTER -> -FINE;
            case MEDIUM_FASTER -> -MEDIUM;
            case COARSE_FASTER -> -COARSE;
        };
        rate = Math.clamp((long) rate + step, NOMINAL - LIMIT, NOMINAL + LIMIT);
    }

    /** What NV holds of the clock. */
    public void restore(long savedClock, boolean savedSafe, int savedEpoch) {
        clock = savedClock;
        safe = savedSafe;
        epoch = savedEpoch;
    }

    /** The timer as it is now, for a volatile state. */
    public TimerState timerState() {
        return new TimerState(
                time,
                timer,
                powered - unspent / NOMINAL,
                powered,
                lastRead,
                systemTime() - suspended,
                suspended,
                host.wallClockMillis(),
                rate,
                stopped);
    }

    /** Goes on from a volatile state: the time since it was written, by the wall clocks, has passed for this TPM too. */
    public void resume(TimerState saved) {
        long sinceThen = Math.max(host.wallClockMillis() - saved.wallClock(), 0);
        hostOffset = saved.systemTime() - host.monotonicMillis();
        suspended = saved.suspended() + sinceThen;
        lastRead = saved.lastRead() == 0 ? systemTime() : saved.lastRead();
        restore(saved);
    }

    /**
     * As {@link #resume}, from a volatile state before version 4, in which all times are those of the wall clock: Time is too,
     * and stays so.
     */
    public void resumeWallClock(TimerState saved) {
        long now = host.wallClockMillis();
        suspended = now;
        hostOffset = -host.monotonicMillis();
        lastRead = now;
        restore(new TimerState(
                saved.time(),
                saved.timer(),
                saved.counted(),
                now,
                now,
                0,
                now,
                saved.wallClock(),
                saved.rate(),
                saved.isStopped()));
    }

    private void restore(TimerState saved) {
        time = saved.time();
        timer = saved.timer();
        powered = saved.powered();
        unspent = Math.clamp(saved.powered() - saved.counted(), -MAX_GAP, MAX_GAP) * NOMINAL;
        rate = saved.rate();
        stopped = saved.isStopped();
    }

    static boolean isRate(int rate) {
        return rate >= NOMINAL - LIMIT && rate <= NOMINAL + LIMIT;
    }

    private long systemTime() {
        return host.monotonicMillis() + hostOffset + suspended;
    }

    /** The timer that the rate drives; what a division leaves over is kept for the next time. */
    private long readTimer() {
        long now = systemTime();
        long elapsed = Math.clamp(now - lastRead, 0, MAX_GAP);
        lastRead = now;
        powered += elapsed;
        unspent += elapsed * NOMINAL;
        if (unspent > 0) {
            timer += unspent / rate;
            unspent %= rate;
        }
        return timer;
    }
}
