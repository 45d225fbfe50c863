package org.jswtpm.engine.crypto;

/** The entropy of the world outside, from which the TPM's own generator is seeded. */
@FunctionalInterface
public interface Entropy {
    /** Fills {@code target} with octets of full entropy. */
    void fill(byte[] target);
}
