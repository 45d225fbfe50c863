package org.jswtpm.engine.tpm12.command.migration;

import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_KEY_PROPERTY;
import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_SIGNATURE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.INAPPROPRIATE_ENC;
import static org.jswtpm.engine.tpm12.structure.TpmResult.INVALID_KEYUSAGE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.ParameterReader;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.key.LoadedKey;
import org.jswtpm.engine.tpm12.structure.AlgorithmId;
import org.jswtpm.engine.tpm12.structure.CmkTicket;
import org.jswtpm.engine.tpm12.structure.KeyParms;
import org.jswtpm.engine.tpm12.structure.Pubkey;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_CMK_CreateTicket: verifies a signature of a migration authority; gives a ticket for it.
 *
 * <p>Part 3, 11.8. TPM_AUTHFAIL, TPM_BAD_KEY_PROPERTY, TPM_INAPPROPRIATE_ENC, TPM_INVALID_KEYUSAGE, TPM_BAD_SIGNATURE.
 */
public final class CmkCreateTicket implements Command<CmkCreateTicket.In, Secret> {
    record In(Pubkey verificationKey, Bytes signedData, Bytes signatureValue) {}

    @Override
    public In unmarshal(ParameterReader in) {
        return new In(Pubkey.unmarshal(in.wire()), in.digest(), in.sized());
    }

    @Override
    public Secret execute(In in, TpmState tpm, Authorizations auth) {
        auth.first().byOwner();
        KeyParms parms = in.verificationKey.algorithmParms();
        check(parms.algorithmId() == AlgorithmId.RSA, BAD_KEY_PROPERTY);
        check(parms.encScheme() == AlgorithmId.ES_NONE, INAPPROPRIATE_ENC);
        int scheme = parms.sigScheme();
        check(
                scheme == AlgorithmId.SS_RSASSAPKCS1V15_SHA1 || scheme == AlgorithmId.SS_RSASSAPKCS1V15_INFO,
                INVALID_KEYUSAGE);
        check(LoadedKey.verify(in.verificationKey, in.signedData, in.signatureValue), BAD_SIGNATURE);
        return CmkTicket.signature(in.verificationKey.digest(), in.signedData)
                .hmac(tpm.permanent().tpmProof());
    }

    @Override
    public void marshal(Secret out, WireWriter response) {
        response.secret(out);
    }
}
