package org.jswtpm.engine.tpm12.command.endorsement;

import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.ParameterReader;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.flags.PermanentFlag;
import org.jswtpm.engine.tpm12.structure.KeyParms;
import org.jswtpm.engine.tpm12.structure.TpmLimits;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_CreateRevocableEK: makes an endorsement key that TPM_RevokeTrust can remove again.
 *
 * <p>Part 3, 14.2. TPM_DISABLED_CMD, TPM_BAD_KEY_PROPERTY.
 */
public final class CreateRevocableEk implements Command<CreateRevocableEk.In, Bytes> {
    record In(Bytes antiReplay, KeyParms keyInfo, boolean generateReset, Bytes inputEkReset) {}

    @Override
    public In unmarshal(ParameterReader in) {
        return new In(in.nonce(), KeyParms.unmarshal(in.wire()), in.bool(), in.nonce());
    }

    @Override
    public Bytes execute(In in, TpmState tpm, Authorizations auth) {
        Bytes report = EndorsementKey.create(in.keyInfo, in.antiReplay, tpm);
        Bytes ekReset = in.generateReset ? Bytes.wrap(tpm.random().generate(TpmLimits.NONCE_SIZE)) : in.inputEkReset;
        tpm.permanentFlags().set(PermanentFlag.ENABLE_REVOKE_EK, true);
        tpm.permanent().setEkReset(ekReset);
        tpm.nvChanged();
        return report.then(ekReset);
    }

    @Override
    public void marshal(Bytes out, WireWriter response) {
        response.bytes(out);
    }
}
