package org.jswtpm.engine.tpm2.structure;

/** What TPM2_Startup amounts to, seen together with the shutdown before it (Part 1, 12.2.4). */
public enum StartupType {
    /** TPM Reset: Startup(CLEAR) after Shutdown(CLEAR) or no shutdown. */
    RESET,
    /** TPM Restart: Startup(CLEAR) after Shutdown(STATE). */
    RESTART,
    /** TPM Resume: Startup(STATE) after Shutdown(STATE). */
    RESUME
}
