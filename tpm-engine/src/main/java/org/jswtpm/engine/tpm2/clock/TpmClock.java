package org.jswtpm.engine.tpm2.clock;

/** Time and Clock of the TPM (Part 1, 36). */
public final class TpmClock {}
