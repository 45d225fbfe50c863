package org.jswtpm.tools.channel;

/** A channel that cannot be had, with the message for the user. */
public final class ChannelException extends Exception {
    private static final long serialVersionUID = 1L;

    ChannelException(String message) {
        super(message, null, false, false);
    }
}
