package org.jswtpm.engine.tpm12.command.deprecated;

import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.structure.Pubkey;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_OwnerReadPubek: the public endorsement key, for the owner.
 *
 * <p>Part 3, 28.19. TPM_AUTHFAIL.
 */
public final class OwnerReadPubek implements Command<Void, Pubkey> {
    @Override
    public Pubkey execute(Void in, TpmState tpm, Authorizations auth) {
        auth.first().byOwner();
        return tpm.permanent().endorsementKey().publicPart().asPubkey();
    }

    @Override
    public void marshal(Pubkey out, WireWriter response) {
        out.marshal(response);
    }
}
