package org.jswtpm.engine.crypto;

/** Asked again and again by what takes long, such as the search for a prime. */
@FunctionalInterface
public interface Cancellation {
    /** For what cannot be canceled. */
    Cancellation NEVER = () -> false;

    /** Whether the one who waits has given up. */
    boolean isRequested();
}
