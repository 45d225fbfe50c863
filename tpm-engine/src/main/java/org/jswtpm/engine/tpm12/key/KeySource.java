package org.jswtpm.engine.tpm12.key;

import org.jswtpm.engine.crypto.Helpers;
import org.jswtpm.engine.crypto.PrimePool;
import org.jswtpm.engine.crypto.RandomSource;

/**
 * Where new keys come from: no seed determines a key of a TPM 1.2.
 *
 * @param random the TPM's own generator
 * @param primes that are taken first
 * @param helpers who search for primes, too
 */
public record KeySource(RandomSource random, PrimePool primes, Helpers helpers) {}
