package org.jswtpm.engine.tpm12.command.migration;

import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.ParameterReader;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.structure.CmkTicket;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_CMK_ApproveMA: the owner approves migration authorities; gives a ticket for TPM_CMK_CreateKey.
 *
 * <p>Part 3, 11.6. TPM_AUTHFAIL.
 */
public final class CmkApproveMa implements Command<Bytes, Secret> {
    @Override
    public Bytes unmarshal(ParameterReader in) {
        return in.digest();
    }

    @Override
    public Secret execute(Bytes migrationAuthorityDigest, TpmState tpm, Authorizations auth) {
        auth.first().byOwner();
        return CmkTicket.approval(migrationAuthorityDigest).hmac(tpm.permanent().tpmProof());
    }

    @Override
    public void marshal(Secret out, WireWriter response) {
        response.secret(out);
    }
}
