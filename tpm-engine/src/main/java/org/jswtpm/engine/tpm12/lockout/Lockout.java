package org.jswtpm.engine.tpm12.lockout;

import static org.jswtpm.engine.tpm12.structure.TpmResult.DEFEND_LOCK_RUNNING;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import org.jswtpm.engine.Host;

/**
 * Failed authorizations and how long the TPM waits after them: a second after the sixth, and twice as long after each further
 * one. A good authorization changes nothing; TPM_ResetLockValue does. Times are wall clock seconds, as in libtpms.
 */
public final class Lockout {
    /** Failures that cost nothing. */
    public static final int THRESHOLD = 5;

    private static final int MILLIS_PER_SECOND = 1000;

    private final Host host;
    private int failCount;
    private int failTime;
    private boolean disableResetLock;

    public Lockout(Host host) {
        this.host = host;
    }

    /** Counts a failure. */
    public void fail() {
        failCount++;
        if (Integer.compareUnsigned(failCount, THRESHOLD) > 0) {
            failTime = now();
        }
    }

    /** Seconds that the TPM still waits, unsigned; 0 if it does not. */
    public int timeLeft() {
        if (Integer.compareUnsigned(failCount, THRESHOLD) <= 0) {
            return 0;
        }
        int waitTime = 1 << failCount - THRESHOLD - 1;
        int elapsed = now() - failTime;
        return Integer.compareUnsigned(waitTime, elapsed) > 0 ? waitTime - elapsed : 0;
    }

    /** Whether the TPM waits. */
    public boolean isActive() {
        return timeLeft() != 0;
    }

    /** Ends an authorized command with TPM_DEFEND_LOCK_RUNNING while the TPM waits. */
    public void checkInactive() {
        boolean isActive = isActive();
        allowReset(isActive);
        check(!isActive, DEFEND_LOCK_RUNNING);
    }

    /** Once the TPM does not wait, TPM_ResetLockValue may be tried again. */
    public void allowReset(boolean isActive) {
        if (!isActive) {
            disableResetLock = false;
        }
    }

    /** How many authorizations failed, unsigned. */
    public int failCount() {
        return failCount;
    }

    /** When the last one failed, in seconds. */
    public int failTime() {
        return failTime;
    }

    /** Whether TPM_ResetLockValue has failed since the TPM began to wait. */
    public boolean isResetDisabled() {
        return disableResetLock;
    }

    /** TPM_ResetLockValue failed. */
    public void disableReset() {
        disableResetLock = true;
    }

    /** TPM_ResetLockValue succeeded. */
    public void clearFailures() {
        failCount = 0;
    }

    /** Sets what a state says. */
    public void restore(int count, int time, boolean isResetDisabled) {
        failCount = count;
        failTime = time;
        disableResetLock = isResetDisabled;
    }

    private int now() {
        return (int) (host.wallClockMillis() / MILLIS_PER_SECOND);
    }
}
