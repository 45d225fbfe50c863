package org.jswtpm.engine.crypto;

/**
 * The rules by which keys are made from a seed. libtpms keeps one with every seed, so that keys which were made by an
 * older release can be made again.
 */
public enum SeedCompatLevel {
    /** As code revision 155 and older did: RSA primes are read in the byte order of a little endian machine. */
    ORIGINAL,
    /** As libtpms does since 0.8. */
    RSA_PRIME_ADJUST_FIX;

    /** What new seeds get. */
    public static final SeedCompatLevel LATEST = RSA_PRIME_ADJUST_FIX;
}
