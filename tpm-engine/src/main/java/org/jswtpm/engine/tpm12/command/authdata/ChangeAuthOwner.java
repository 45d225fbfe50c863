package org.jswtpm.engine.tpm12.command.authdata;

import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_PARAMETER;
import static org.jswtpm.engine.tpm12.structure.TpmResult.WRONG_ENTITYTYPE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.ParameterReader;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.structure.EntityType;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;

/**
 * TPM_ChangeAuthOwner: changes the auth value of the owner or of the SRK.
 *
 * <p>Part 3, 17.2. TPM_AUTHFAIL, TPM_BAD_PARAMETER, TPM_WRONG_ENTITYTYPE.
 */
public final class ChangeAuthOwner implements Command<ChangeAuthOwner.In, Void> {
    private static final int PID_ADCP = 4;

    record In(int protocolId, Bytes newAuth, int entityType) {}

    @Override
    public In unmarshal(ParameterReader in) {
        return new In(in.uint16(), in.encAuth(), in.uint16());
    }

    @Override
    public Void execute(In in, TpmState tpm, Authorizations auth) {
        auth.first().byOwnerWithSharedSecret();
        check(in.protocolId == PID_ADCP, BAD_PARAMETER);
        check(in.entityType == EntityType.OWNER || in.entityType == EntityType.SRK, WRONG_ENTITYTYPE);
        Secret newAuth = auth.first().decryptAuth(in.newAuth);
        if (in.entityType == EntityType.OWNER) {
            tpm.permanent().setOwnerAuth(newAuth);
        } else {
            tpm.permanent().setSrk(tpm.permanent().srk().withUsageAuth(newAuth));
        }
        auth.first().endSession();
        tpm.authSessions().terminateType(EntityType.OWNER);
        tpm.nvChanged();
        return null;
    }
}
