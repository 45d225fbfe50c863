package org.jswtpm.engine.tpm2.command.dictionary;

import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;

/**
 * TPM2_DictionaryAttackParameters: how many failed authorizations lock the TPM, and how long it takes to recover.
 *
 * <p>Part 3, 25.3.
 */
public final class DictionaryAttackParameters implements Command<DictionaryAttackParameters.In, Void> {
    private static final int NEW_MAX_TRIES = 1;
    private static final int NEW_RECOVERY_TIME = 2;
    private static final int LOCKOUT_RECOVERY = 3;

    record In(int newMaxTries, int newRecoveryTime, int lockoutRecovery) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(
                in.at(NEW_MAX_TRIES).uint32(),
                in.at(NEW_RECOVERY_TIME).uint32(),
                in.at(LOCKOUT_RECOVERY).uint32());
    }

    @Override
    public Void execute(In in, TpmState tpm) {
        tpm.lockout().setParameters(in.newMaxTries, in.newRecoveryTime, in.lockoutRecovery);
        return null;
    }
}
