package org.jswtpm.systemtest.eventlog;

/** The log does not follow its format. */
public final class EventLogException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    EventLogException(String message) {
        super(message);
    }
}
