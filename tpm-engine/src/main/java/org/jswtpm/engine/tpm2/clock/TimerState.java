package org.jswtpm.engine.tpm2.clock;

/**
 * The timer of a running TPM on its way from one host to another, as libtpms carries it; all in milliseconds.
 *
 * <p>The "system time" drives the timer. It goes on where it was although the clocks of hosts have different origins, and it
 * counts the time for which the TPM was suspended.
 *
 * @param time Time
 * @param timer what the timer has counted
 * @param counted how much of {@code powered} the timer has counted
 * @param powered how long the TPM had power when the system time was read last
 * @param lastRead the system time that was read last; 0 if it was not read since the TPM got power
 * @param systemTime the system time of the moment, without {@code suspended}
 * @param suspended for how long the TPM was suspended before
 * @param wallClock since 1970, when this was written
 * @param rate the rate that TPM2_ClockRateAdjust has set
 * @param isStopped whether no command has looked at Time since the TPM got power
 */
public record TimerState(
        long time,
        long timer,
        long counted,
        long powered,
        long lastRead,
        long systemTime,
        long suspended,
        long wallClock,
        int rate,
        boolean isStopped) {

    /** Whether TPM2_ClockRateAdjust can have set the rate. */
    public boolean isRateValid() {
        return TpmClock.isRate(rate);
    }
}
