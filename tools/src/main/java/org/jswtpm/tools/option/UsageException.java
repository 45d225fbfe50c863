package org.jswtpm.tools.option;

/** A command line that cannot be obeyed. The message is for the user's eyes. */
public final class UsageException extends Exception {
    private static final long serialVersionUID = 1L;

    public UsageException(String message) {
        super(message, null, false, false);
    }
}
