package org.jswtpm.engine.tpm12.command.delegation;

import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.ParameterReader;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.delegation.DelegateBlob;
import org.jswtpm.engine.wire.Bytes;

/**
 * TPM_Delegate_VerifyDelegation: whether a delegation outside of the TPM would be taken.
 *
 * <p>Part 3, 19.7. TPM_BAD_PARAMETER, TPM_INVALID_STRUCTURE, TPM_BADINDEX, TPM_DISABLED_CMD, TPM_FAMILYCOUNT, TPM_AUTHFAIL,
 * TPM_DECRYPT_ERROR.
 */
public final class DelegateVerifyDelegation implements Command<Bytes, Void> {
    @Override
    public Bytes unmarshal(ParameterReader in) {
        return in.sized();
    }

    @Override
    public Void execute(Bytes in, TpmState tpm, Authorizations auth) {
        DelegateBlob blob = DelegateBlob.unmarshal(in);
        tpm.delegations().checkGeneration(blob.publicPart());
        blob.verify(tpm.permanent());
        blob.decryptAuth(tpm.permanent()).close();
        return null;
    }
}
