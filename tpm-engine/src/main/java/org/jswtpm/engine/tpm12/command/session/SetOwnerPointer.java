package org.jswtpm.engine.tpm12.command.session;

import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_PARAMETER;

import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.ParameterReader;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.structure.EntityType;
import org.jswtpm.engine.tpm12.structure.ReservedHandle;

/**
 * TPM_SetOwnerPointer: the auth value of a delegation stands for the owner's, for software that knows no delegation.
 *
 * <p>Part 3, 18.4. TPM_BAD_PARAMETER, TPM_BADINDEX, TPM_DISABLED_CMD, TPM_FAMILYCOUNT.
 */
public final class SetOwnerPointer implements Command<SetOwnerPointer.In, Void> {
    record In(int entityType, int entityValue) {}

    @Override
    public In unmarshal(ParameterReader in) {
        return new In(in.uint16(), in.uint32());
    }

    @Override
    public Void execute(In in, TpmState tpm, Authorizations auth) {
        switch (in.entityType) {
            case EntityType.DEL_ROW -> {
                tpm.delegations()
                        .checkGeneration(
                                tpm.delegations().validRow(in.entityValue).publicPart());
                tpm.delegations().setOwnerReference(in.entityValue);
            }
            case EntityType.OWNER -> tpm.delegations().setOwnerReference(ReservedHandle.OWNER);
            default -> throw BAD_PARAMETER.exception();
        }
        return null;
    }
}
