package org.jswtpm.engine.tpm2.nv;

/**
 * What the running command has changed in NV, and so what is committed at its end. The rooms note here what they change;
 * the pipeline looks once the response is made.
 */
public final class NvChanges {
    private boolean nv;
    private boolean orderly;
    private boolean clearOrderly;
    private boolean saveState;

    /** Forgets all; at the begin of each command. */
    public void reset() {
        nv = false;
        orderly = false;
        clearOrderly = false;
        saveState = false;
    }

    /** TPM2_Shutdown(STATE): what lasts until a TPM Reset, Restart or Resume is to be saved as it is now. */
    public void saveState() {
        nv = true;
        saveState = true;
    }

    /** Whether {@link #saveState()} was called. */
    public boolean isStateToBeSaved() {
        return saveState;
    }

    /** Something that lives in NV has changed. */
    public void nvChanged() {
        nv = true;
    }

    /** The RAM of orderly NV Indices has changed in a way that its copy in NV has to follow. */
    public void orderlyChanged() {
        nv = true;
        orderly = true;
    }

    /** The command changes state that an orderly shutdown has saved, so that shutdown does not count any more. */
    public void clearOrderly() {
        clearOrderly = true;
    }

    /** Whether anything has to be committed. */
    public boolean isCommitNeeded() {
        return nv;
    }

    /** Whether the RAM of orderly NV Indices has to be copied to NV before that. */
    public boolean isOrderlyChanged() {
        return orderly;
    }

    /** Whether {@link #clearOrderly()} was called. */
    public boolean isOrderlyToBeCleared() {
        return clearOrderly;
    }
}
