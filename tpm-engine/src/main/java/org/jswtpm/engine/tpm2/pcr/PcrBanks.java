package org.jswtpm.engine.tpm2.pcr;

/** The PCRs in all their banks (Part 1, 17). */
public final class PcrBanks {}
