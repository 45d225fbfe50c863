package org.jswtpm.store;

/** Where initial vectors come from: the module has no random source of its own. */
@FunctionalInterface
public interface RandomSource {
    /** Fills {@code target} with unpredictable octets. */
    void fill(byte[] target);
}
