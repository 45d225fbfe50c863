package org.jswtpm.engine;

/**
 * A TPM could not start from its state: the state is damaged, foreign, or newer than this engine can read.
 *
 * <p>Nothing has been written when this is thrown.
 */
public final class StateException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int resultCode;

    /**
     * @param resultCode the code by which libtpms reports this, e.g. 0x101 (TPM_RC_FAILURE), as CMD_INIT answers it
     * @param message what is wrong, for a person; never a secret
     */
    public StateException(int resultCode, String message) {
        super(message);
        this.resultCode = resultCode;
    }

    /** As {@link #StateException(int, String)}, with the failure that is behind it. */
    public StateException(int resultCode, String message, Throwable cause) {
        super(message, cause);
        this.resultCode = resultCode;
    }

    /** The code by which libtpms reports this failure; never 0. */
    public int resultCode() {
        return resultCode;
    }
}
