package org.jswtpm.tools.control;

/** A request that failed, with the message for the user. */
public final class ControlException extends Exception {
    private static final long serialVersionUID = 1L;

    public ControlException(String message) {
        super(message, null, false, false);
    }

    static ControlException ofTransport(ControlRequest request, String reason) {
        return new ControlException("Could not execute " + request.name() + ": " + reason);
    }

    static ControlException ofResult(ControlRequest request, int result) {
        return new ControlException("TPM result from " + request.name() + ": 0x" + Integer.toHexString(result));
    }
}
