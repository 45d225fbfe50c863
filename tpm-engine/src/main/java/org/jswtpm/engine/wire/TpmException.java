package org.jswtpm.engine.wire;

/**
 * An answer, not a fault: the command ends with this response code. Only the pipeline catches it, so it carries no stack
 * trace.
 */
public final class TpmException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int responseCode;

    /** @param responseCode the whole code, with the number of its handle, parameter or session */
    public TpmException(int responseCode) {
        super(null, null, false, false);
        this.responseCode = responseCode;
    }

    /** The response code as it goes onto the wire. */
    public int responseCode() {
        return responseCode;
    }

    @Override
    public String getMessage() {
        return "response code 0x" + Integer.toHexString(responseCode);
    }
}
