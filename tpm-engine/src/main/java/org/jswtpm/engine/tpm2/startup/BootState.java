package org.jswtpm.engine.tpm2.startup;

import org.jswtpm.engine.tpm2.nv.NvChanges;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.StartupType;

/**
 * How the TPM came up and how it went down (Part 1, 12.2).
 *
 * <p>The orderly state is what the last TPM2_Shutdown left in NV: TPM_SU_CLEAR or TPM_SU_STATE, the latter with two flags,
 * as libtpms keeps them; or that there was none, with or without a use of what the dictionary attack logic protects.
 */
public final class BootState {
    /** TPM_SU_CLEAR (Part 2, 6.10). */
    public static final int SU_CLEAR = 0x0000;
    /** TPM_SU_STATE. */
    public static final int SU_STATE = 0x0001;
    /** The last shutdown was not orderly. */
    public static final int SU_NONE = 0xFFFF;
    /** The last shutdown was not orderly, and a DA protected entity has been used before. */
    public static final int SU_DA_USED = 0xFFFE;
    /** In the orderly state: an H-CRTM sequence came before TPM2_Startup. */
    public static final int PRE_STARTUP_FLAG = 0x8000;
    /** In the orderly state: TPM2_Startup came from locality 3. */
    public static final int STARTUP_LOCALITY_3 = 0x4000;

    private final NvChanges changes;

    private int orderlyState = SU_CLEAR;
    private int resetCount;
    private long totalResetCount;
    private int restartCount;
    private int clearCount;

    private boolean started;
    private int previousOrderlyState = SU_CLEAR;
    private boolean hcrtmBeforeStartup;
    private boolean startupAtLocality3;
    private Handle platformSequence = Handle.UNASSIGNED;

    public BootState(NvChanges changes) {
        this.changes = changes;
    }

    /** Forgets what lasts from TPM2_Startup to the loss of power only. */
    public void powerOn() {
        started = false;
        hcrtmBeforeStartup = false;
    }

    /** Whether TPM2_Startup has succeeded since _TPM_Init. */
    public boolean isStarted() {
        return started;
    }

    /** Notes that TPM2_Startup has succeeded, or, with false, that it has not. */
    public void setStarted(boolean started) {
        this.started = started;
    }

    /** What the last shutdown left, or one of the values for none; with the flags. */
    public int orderlyState() {
        return orderlyState;
    }

    /** Sets the orderly state, to be committed. */
    public void setOrderlyState(int orderlyState) {
        this.orderlyState = orderlyState;
        changes.nvChanged();
    }

    /** Whether an orderly shutdown stands in NV, so that what it saved is still good. */
    public boolean isOrderly() {
        return isOrderly(orderlyState);
    }

    /** Whether {@code orderlyState} is that of an orderly shutdown. */
    public static boolean isOrderly(int orderlyState) {
        return orderlyState < SU_DA_USED;
    }

    /** The orderly state that TPM2_Startup found. */
    public int previousOrderlyState() {
        return previousOrderlyState;
    }

    public void setPreviousOrderlyState(int previousOrderlyState) {
        this.previousOrderlyState = previousOrderlyState;
    }

    /** Whether an H-CRTM sequence came between _TPM_Init and TPM2_Startup. */
    public boolean isHcrtmBeforeStartup() {
        return hcrtmBeforeStartup;
    }

    public void setHcrtmBeforeStartup(boolean hcrtmBeforeStartup) {
        this.hcrtmBeforeStartup = hcrtmBeforeStartup;
    }

    /** Whether TPM2_Startup came from locality 3. */
    public boolean isStartupAtLocality3() {
        return startupAtLocality3;
    }

    public void setStartupAtLocality3(boolean startupAtLocality3) {
        this.startupAtLocality3 = startupAtLocality3;
    }

    /** The handle of the hash sequence that the platform has begun (_TPM_Hash_Start), or TPM_RH_UNASSIGNED. */
    public Handle platformSequence() {
        return platformSequence;
    }

    public void setPlatformSequence(Handle platformSequence) {
        this.platformSequence = platformSequence;
    }

    /** resetCount: TPM Resets since the last TPM2_Clear. */
    public int resetCount() {
        return resetCount;
    }

    /** totalResetCount: TPM Resets since the TPM was made. */
    public long totalResetCount() {
        return totalResetCount;
    }

    /** restartCount: TPM Restarts and Resumes since the last TPM Reset. */
    public int restartCount() {
        return restartCount;
    }

    /** clearCount: TPM Restarts and Resets, TPM2_Clear and TPM2_HierarchyControl, as kept for objects with stClear. */
    public int clearCount() {
        return clearCount;
    }

    /** TPM2_Startup: counts (Part 1, 36.7). */
    public void count(StartupType type) {
        switch (type) {
            case RESUME -> restartCount++;
            case RESTART -> {
                clearCount++;
                restartCount++;
            }
            case RESET -> {
                clearCount = 0;
                resetCount++;
                totalResetCount++;
                restartCount = 0;
                changes.nvChanged();
            }
        }
    }

    /** Sets resetCount, to be committed. */
    public void setResetCount(int resetCount) {
        this.resetCount = resetCount;
        changes.nvChanged();
    }

    /** Sets totalResetCount, to be committed. */
    public void setTotalResetCount(long totalResetCount) {
        this.totalResetCount = totalResetCount;
        changes.nvChanged();
    }

    public void setRestartCount(int restartCount) {
        this.restartCount = restartCount;
    }

    public void setClearCount(int clearCount) {
        this.clearCount = clearCount;
    }
}
