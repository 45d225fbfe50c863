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
    private final boolean ofContainer;

    /** A refusal with no other failure behind it. */
    public StoreException(StoreError error, String message) {
        this(error, message, null, false);
    }

    /** A refusal because of {@code cause}. */
    public StoreException(StoreError error, String message, Throwable cause) {
        this(error, message, cause, false);
    }

    private StoreException(StoreError error, String message, Throwable cause, boolean ofContainer) {
        super(message, cause);
        this.error = error;
        this.ofContainer = ofContainer;
    }

    /** What kind of refusal this is. */
    public StoreError error() {
        return error;
    }

    /** The TPM result code for the control channel; never 0. */
    public int resultCode() {
        return error.resultCode();
    }

    /**
     * Whether something was read, but is not what a store with these keys writes around a blob: cut off, overwritten, of
     * another key or a newer program.
     */
    public boolean isOfContainer() {
        return ofContainer;
    }

    /** The same refusal, its message preceded by where the damaged container is. */
    StoreException ofContainer(String place) {
        StoreException located = new StoreException(error, place + ": " + getMessage(), getCause(), true);
        located.setStackTrace(getStackTrace());
        return located;
    }
}
