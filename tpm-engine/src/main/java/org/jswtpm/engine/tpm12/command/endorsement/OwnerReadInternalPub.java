package org.jswtpm.engine.tpm12.command.endorsement;

import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_PARAMETER;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.ParameterReader;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.key.LoadedKey;
import org.jswtpm.engine.tpm12.structure.Pubkey;
import org.jswtpm.engine.tpm12.structure.ReservedHandle;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_OwnerReadInternalPub: the public endorsement key or the public SRK, for the owner.
 *
 * <p>Part 3, 14.5. TPM_AUTHFAIL, TPM_BAD_PARAMETER.
 */
public final class OwnerReadInternalPub implements Command<OwnerReadInternalPub.In, Pubkey> {
    record In(int keyHandle) {}

    @Override
    public In unmarshal(ParameterReader in) {
        return new In(in.uint32());
    }

    @Override
    public Pubkey execute(In in, TpmState tpm, Authorizations auth) {
        auth.first().byOwner();
        check(in.keyHandle == ReservedHandle.EK || in.keyHandle == ReservedHandle.SRK, BAD_PARAMETER);
        boolean isEndorsementKey = in.keyHandle == ReservedHandle.EK;
        LoadedKey key = isEndorsementKey
                ? tpm.permanent().endorsementKey()
                : tpm.permanent().srk();
        return key.publicPart().asPubkey();
    }

    @Override
    public void marshal(Pubkey out, WireWriter response) {
        out.marshal(response);
    }
}
