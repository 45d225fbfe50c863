package org.jswtpm.engine.tpm2.state;

/**
 * The dictionary attack logic in NV.
 *
 * @param failedTries failures that count
 * @param maxTries how many of them lock
 * @param recoveryTime seconds until one counts no more
 * @param lockoutRecovery seconds until lockoutAuth may be used again
 * @param isLockoutAuthEnabled whether it may be used
 */
record DaState(int failedTries, int maxTries, int recoveryTime, int lockoutRecovery, boolean isLockoutAuthEnabled) {}
