package org.jswtpm.options;

/** A command line that cannot be obeyed. The message names the option and what would be right. */
public final class UsageException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean helpWanted;

    private UsageException(String message, boolean helpWanted) {
        super(message, null, false, false);
        this.helpWanted = helpWanted;
    }

    /** An option that does not exist or lacks its argument: swtpm prints its help after such a message. */
    public static UsageException withHelp(String message) {
        return new UsageException(message, true);
    }

    /** An option whose value is wrong. */
    public static UsageException of(String message) {
        return new UsageException(message, false);
    }

    /** Whether the help text belongs after the message. */
    public boolean isHelpWanted() {
        return helpWanted;
    }
}
