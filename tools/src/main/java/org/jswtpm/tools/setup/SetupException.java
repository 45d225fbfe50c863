package org.jswtpm.tools.setup;

/** What keeps a TPM from being set up, with the message for the user. */
final class SetupException extends Exception {
    private static final long serialVersionUID = 1L;

    SetupException(String message) {
        super(message, null, false, false);
    }
}
