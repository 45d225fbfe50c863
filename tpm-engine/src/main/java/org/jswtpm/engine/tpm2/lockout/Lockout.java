package org.jswtpm.engine.tpm2.lockout;

import static org.jswtpm.engine.tpm2.structure.TpmRc.LOCKOUT;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import org.jswtpm.engine.tpm2.nv.NvChanges;
import org.jswtpm.engine.tpm2.startup.BootState;

/**
 * The dictionary attack logic (Part 1, 19.8): counts failed authorizations and locks the TPM when there were too many.
 *
 * <p>A non-orderly loss of power counts as a failure if a protected entity was used before it; whether one was is kept in
 * the orderly state (daUsed in libtpms).
 */
public final class Lockout {
    private static final int MILLIS = 1000;

    private final NvChanges changes;
    private final BootState boot;

    private int failedTries;
    private int maxTries;
    private int recoveryTime;
    private int lockoutRecovery;
    private boolean lockoutAuthEnabled = true;

    private boolean protectedEntityUsed;
    private long selfHealTimer;
    private long lockoutTimer;
    private long timeAtShutdown;

    public Lockout(NvChanges changes, BootState boot) {
        this.changes = changes;
        this.boot = boot;
    }

    /** The values of a new TPM, and of one after TPM2_Clear, as libtpms has them: three tries, and 1000 s to recover. */
    public void manufacture() {
        restore(0, 3, 1000, 1000, true);
        changes.nvChanged();
    }

    /** Sets what was kept in NV. */
    public void restore(
            int failedTries, int maxTries, int recoveryTime, int lockoutRecovery, boolean lockoutAuthEnabled) {
        this.failedTries = failedTries;
        this.maxTries = maxTries;
        this.recoveryTime = recoveryTime;
        this.lockoutRecovery = lockoutRecovery;
        this.lockoutAuthEnabled = lockoutAuthEnabled;
    }

    /**
     * TPM2_Startup, before the orderly state is looked at: a use of a protected entity is noted there if the shutdown was
     * not orderly.
     */
    public void noteUseBeforeStartup(boolean used) {
        protectedEntityUsed = used;
    }

    /**
     * TPM2_Startup: Time has begun anew, so the timers move with it, as far as it is known how much had passed; and a loss
     * of power that may have hidden a failure counts as one.
     */
    public void startup() {
        boolean orderly = BootState.isOrderly(boot.previousOrderlyState());
        selfHealTimer = orderly ? selfHealTimer - timeAtShutdown : 0;
        lockoutTimer = orderly ? lockoutTimer - timeAtShutdown : 0;
        if (lockoutRecovery == 0) {
            lockoutAuthEnabled = true;
            changes.nvChanged();
        }
        if (recoveryTime != 0 && !isLockedOut() && !orderly) {
            if (protectedEntityUsed) {
                failedTries++;
            }
            protectedEntityUsed = false;
            changes.nvChanged();
        }
    }

    /** TPM2_Shutdown at {@code time}: the next use of a protected entity makes the shutdown non-orderly. */
    public void shutdown(long time) {
        protectedEntityUsed = false;
        timeAtShutdown = time;
    }

    /** Time heals: counts failures down, and enables lockoutAuth again. */
    public void selfHeal(long time) {
        if (failedTries != 0) {
            if (recoveryTime == 0) {
                failedTries = 0;
                changes.nvChanged();
            } else {
                healTries(time);
            }
        }
        if (!lockoutAuthEnabled
                && lockoutRecovery != 0
                && Long.compareUnsigned((time - lockoutTimer) / MILLIS, Integer.toUnsignedLong(lockoutRecovery)) >= 0) {
            lockoutAuthEnabled = true;
            changes.nvChanged();
        }
    }

    private void healTries(long time) {
        long recovery = Integer.toUnsignedLong(recoveryTime);
        long healed = (time - selfHealTimer) / MILLIS / recovery;
        failedTries = Integer.toUnsignedLong(failedTries) <= healed ? 0 : failedTries - (int) healed;
        selfHealTimer += healed * recovery * MILLIS;
        if (healed != 0) {
            changes.nvChanged();
        }
    }

    /** Before lockoutAuth is used: else TPM_RC_LOCKOUT. */
    public void checkLockoutAuth() {
        check(lockoutAuthEnabled, LOCKOUT);
    }

    /**
     * Before the auth value of a protected entity is used: else TPM_RC_LOCKOUT. The first use after a startup or an orderly
     * shutdown is noted in NV.
     */
    public void checkProtectedEntity() {
        check(!isLockedOut(), LOCKOUT);
        if (!protectedEntityUsed) {
            protectedEntityUsed = true;
            boot.setOrderlyState(BootState.SU_DA_USED);
        }
    }

    /** A failed use of lockoutAuth: it is disabled until it has recovered. */
    public void lockoutAuthFailed(long time) {
        lockoutAuthEnabled = false;
        if (lockoutRecovery != 0) {
            changes.nvChanged();
        }
        lockoutTimer = time;
    }

    /** A failed use of the auth value of a protected entity. */
    public void protectedEntityFailed(long time) {
        if (recoveryTime != 0) {
            failedTries++;
            changes.nvChanged();
        }
        selfHealTimer = time;
    }

    /** TPM2_DictionaryAttackLockReset. */
    public void reset() {
        failedTries = 0;
        changes.nvChanged();
    }

    /** TPM2_DictionaryAttackParameters. */
    public void setParameters(int newMaxTries, int newRecoveryTime, int newLockoutRecovery) {
        maxTries = newMaxTries;
        recoveryTime = newRecoveryTime;
        lockoutRecovery = newLockoutRecovery;
        changes.nvChanged();
    }

    /** Whether the TPM is in lockout (TPMA_PERMANENT.inLockout). */
    public boolean isLockedOut() {
        return Integer.compareUnsigned(failedTries, maxTries) >= 0;
    }

    /** TPM_PT_LOCKOUT_COUNTER. */
    public int failedTries() {
        return failedTries;
    }

    /** TPM_PT_MAX_AUTH_FAIL. */
    public int maxTries() {
        return maxTries;
    }

    /** TPM_PT_LOCKOUT_INTERVAL, in seconds. */
    public int recoveryTime() {
        return recoveryTime;
    }

    /** TPM_PT_LOCKOUT_RECOVERY, in seconds. */
    public int lockoutRecovery() {
        return lockoutRecovery;
    }

    /** Whether lockoutAuth may be used. */
    public boolean isLockoutAuthEnabled() {
        return lockoutAuthEnabled;
    }

    /** Whether a protected entity has been used since TPM2_Startup or TPM2_Shutdown. */
    public boolean isProtectedEntityUsed() {
        return protectedEntityUsed;
    }

    /** Sets what a volatile state has of {@link #isProtectedEntityUsed}. */
    public void setProtectedEntityUsed(boolean used) {
        protectedEntityUsed = used;
    }

    /** Time of the last failure, or to which failures have been healed, in ms. */
    public long selfHealTimer() {
        return selfHealTimer;
    }

    /** Time of the last failure of lockoutAuth, in ms. */
    public long lockoutTimer() {
        return lockoutTimer;
    }

    /** Time at the last TPM2_Shutdown, in ms; the timers count from the same origin. */
    public long timeAtShutdown() {
        return timeAtShutdown;
    }

    /** Sets the timers that were kept with the clock. */
    public void restoreTimers(long savedSelfHealTimer, long savedLockoutTimer, long savedTimeAtShutdown) {
        selfHealTimer = savedSelfHealTimer;
        lockoutTimer = savedLockoutTimer;
        timeAtShutdown = savedTimeAtShutdown;
    }
}
