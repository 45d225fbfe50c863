package org.jswtpm.engine.tpm12.differential;

/**
 * What each TPM has its own of, such as a random handle.
 *
 * @param <T> what it is
 */
record Both<T>(T ours, T theirs) {
    static <T> Both<T> same(T value) {
        return new Both<>(value, value);
    }

    T of(Side side) {
        return side.isOurs() ? ours : theirs;
    }
}
