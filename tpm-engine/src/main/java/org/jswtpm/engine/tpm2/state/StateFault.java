package org.jswtpm.engine.tpm2.state;

/** A state cannot be read; becomes a {@link org.jswtpm.engine.StateException} at the door of this package. */
final class StateFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StateFault(String message) {
        super(message, null, false, false);
    }
}
