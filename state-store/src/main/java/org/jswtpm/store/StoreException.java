package org.jswtpm.store;

import java.io.IOException;

/**
 * A store could not do what it was asked for. The message is for a person, names the file, and holds no secret.
 *
 * <p>It is an {@link IOException}, so a host that hands blobs to a TPM can let it pass.
 */
public final class StoreException extends IOException {
    private static final long serialVersionUID = 1L;

    private final StoreError error;

    /** A refusal with no other failure behind it. */
    public StoreException(StoreError error, String message) {
        super(message);
        this.error = error;
    }

    /** A refusal because of {@code cause}. */
    public StoreException(StoreError error, String message, Throwable cause) {
        super(message, cause);
        this.error = error;
    }

    /** What kind of refusal this is. */
    public StoreError error() {
        return error;
    }

    /** The TPM result code for the control channel; never 0. */
    public int resultCode() {
        return error.resultCode();
    }

    /** The same refusal, its message preceded by where it happened. */
    public StoreException in(String place) {
        StoreException located = new StoreException(error, place + ": " + getMessage(), getCause());
        located.setStackTrace(getStackTrace());
        return located;
    }
}
