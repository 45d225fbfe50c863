package org.jswtpm.engine.tpm12.command.endorsement;

import static org.jswtpm.engine.tpm12.structure.TpmResult.AUTHFAIL;
import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_PRESENCE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.PERMANENTEK;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import java.security.MessageDigest;
import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.ParameterReader;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.command.ownership.OwnerClearing;
import org.jswtpm.engine.tpm12.flags.PermanentFlag;
import org.jswtpm.engine.tpm12.key.LoadedKey;
import org.jswtpm.engine.wire.Bytes;

/**
 * TPM_RevokeTrust: who is there and knows the nonce of TPM_CreateRevocableEK clears the owner, and removes the endorsement key
 * and all areas of NV of the owner's.
 *
 * <p>Part 3, 14.3. TPM_PERMANENTEK, TPM_AUTHFAIL, TPM_BAD_PRESENCE.
 */
public final class RevokeTrust implements Command<Bytes, Void> {
    @Override
    public Bytes unmarshal(ParameterReader in) {
        return in.nonce();
    }

    @Override
    public Void execute(Bytes ekReset, TpmState tpm, Authorizations auth) {
        check(tpm.permanentFlags().is(PermanentFlag.ENABLE_REVOKE_EK), PERMANENTEK);
        boolean isAuthorized = MessageDigest.isEqual(tpm.permanent().ekReset().toArray(), ekReset.toArray());
        check(isAuthorized, AUTHFAIL);
        check(tpm.isPhysicallyPresent(), BAD_PRESENCE);
        OwnerClearing.runAndDeleteNv(tpm);
        tpm.permanentFlags().set(PermanentFlag.NV_LOCKED, false);
        tpm.permanent().initializeDaa(tpm.random());
        tpm.permanent().setEndorsementKey(LoadedKey.NONE);
        tpm.permanentFlags().set(PermanentFlag.CEKP_USED, false);
        tpm.nvChanged();
        return null;
    }
}
