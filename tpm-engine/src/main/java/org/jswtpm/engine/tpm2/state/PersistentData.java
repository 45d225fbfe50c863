package org.jswtpm.engine.tpm2.state;

import java.util.BitSet;
import java.util.List;
import org.jswtpm.engine.tpm2.structure.HashAlg;
import org.jswtpm.engine.tpm2.structure.PcrSelection;
import org.jswtpm.engine.wire.Bytes;

/**
 * PERSISTENT_DATA.
 *
 * @param isClearDisabled disableClear
 * @param owner how the owner authorizes
 * @param endorsement how the endorsement hierarchy is authorized
 * @param lockout how lockout is authorized
 * @param ownerSeed the storage hierarchy
 * @param endorsementSeed the endorsement hierarchy
 * @param platformSeed the platform hierarchy
 * @param totalResetCount TPM Resets ever
 * @param resetCount TPM Resets since TPM2_Clear
 * @param pcrPolicyAlg the hash of the PCR group's policy
 * @param pcrPolicy the PCR group's policy
 * @param nextAllocation the PCRs that the next TPM Reset allocates
 * @param allocation the PCRs that were allocated when the state was written
 * @param presenceCommands the codes of commands that need physical presence
 * @param dictionaryAttack the dictionary attack logic
 * @param orderlyState what the last shutdown left
 * @param auditCommands the codes of commands that are audited
 * @param auditHash the hash of the audit digest
 * @param auditCounter how many audit digests there were
 * @param algorithmSet the value of TPM2_SetAlgorithmSet
 * @param firmwareVersion1 the version of the TPM that wrote the state, upper half
 * @param firmwareVersion2 the version of the TPM that wrote the state, lower half
 * @param timeEpoch the epoch of Time
 */
record PersistentData(
        boolean isClearDisabled,
        Authorization owner,
        Authorization endorsement,
        Authorization lockout,
        Seed ownerSeed,
        Seed endorsementSeed,
        Seed platformSeed,
        long totalResetCount,
        int resetCount,
        HashAlg pcrPolicyAlg,
        Bytes pcrPolicy,
        List<PcrSelection> nextAllocation,
        List<PcrSelection> allocation,
        BitSet presenceCommands,
        DaState dictionaryAttack,
        int orderlyState,
        BitSet auditCommands,
        HashAlg auditHash,
        long auditCounter,
        int algorithmSet,
        int firmwareVersion1,
        int firmwareVersion2,
        int timeEpoch) {

    private static final int ORDERLY_FLAGS = 0xC000;
    private static final int SU_STATE = 1;

    /** Whether the last shutdown was Shutdown(STATE), so that what it saved is part of the state. */
    boolean isStateSaved() {
        return (orderlyState & ~ORDERLY_FLAGS) == SU_STATE;
    }
}
