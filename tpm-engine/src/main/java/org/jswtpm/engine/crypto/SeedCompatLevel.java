package org.jswtpm.engine.crypto;

/**
 * The rules by which keys are made from a seed. libtpms keeps one with every seed, so that keys which were made by an
 * older release can be made again.
 */
public enum SeedCompatLevel {
    /** As code up to revision 155 did: RSA primes in little endian byte order, with 32 of their bits always zero. */
    ORIGINAL,
    /** As libtpms does since 0.8. */
    RSA_PRIME_ADJUST_FIX;

    /** What new seeds get. */
    public static final SeedCompatLevel LATEST = RSA_PRIME_ADJUST_FIX;
}
