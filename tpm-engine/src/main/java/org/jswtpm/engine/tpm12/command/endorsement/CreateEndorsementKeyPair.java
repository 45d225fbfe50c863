package org.jswtpm.engine.tpm12.command.endorsement;

import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.ParameterReader;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.flags.PermanentFlag;
import org.jswtpm.engine.tpm12.structure.KeyParms;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_CreateEndorsementKeyPair: makes the endorsement key, once; gives what TPM_ReadPubek gives.
 *
 * <p>Part 3, 14.1. TPM_DISABLED_CMD, TPM_BAD_KEY_PROPERTY.
 */
public final class CreateEndorsementKeyPair implements Command<CreateEndorsementKeyPair.In, Bytes> {
    record In(Bytes antiReplay, KeyParms keyInfo) {}

    @Override
    public In unmarshal(ParameterReader in) {
        return new In(in.nonce(), KeyParms.unmarshal(in.wire()));
    }

    @Override
    public Bytes execute(In in, TpmState tpm, Authorizations auth) {
        Bytes report = EndorsementKey.create(in.keyInfo, in.antiReplay, tpm);
        tpm.permanentFlags().set(PermanentFlag.ENABLE_REVOKE_EK, false);
        tpm.nvChanged();
        return report;
    }

    @Override
    public void marshal(Bytes out, WireWriter response) {
        response.bytes(out);
    }
}
