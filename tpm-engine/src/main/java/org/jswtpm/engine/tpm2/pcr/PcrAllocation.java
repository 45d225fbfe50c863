package org.jswtpm.engine.tpm2.pcr;

/**
 * What TPM2_PCR_Allocate answers (Part 3, 22.5).
 *
 * @param maxPcr how many PCRs a bank may have
 * @param sizeNeeded octets for the new allocation
 * @param sizeAvailable octets that there are
 */
public record PcrAllocation(int maxPcr, int sizeNeeded, int sizeAvailable) {}
