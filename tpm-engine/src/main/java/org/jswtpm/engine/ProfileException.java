package org.jswtpm.engine;

/** A profile of a TPM 2.0 that cannot be used; the message says why. */
public final class ProfileException extends Exception {
    private static final long serialVersionUID = 1L;

    public ProfileException(String message) {
        super(message);
    }
}
