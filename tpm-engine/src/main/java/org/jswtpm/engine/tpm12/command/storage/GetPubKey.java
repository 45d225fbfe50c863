package org.jswtpm.engine.tpm12.command.storage;

import static org.jswtpm.engine.tpm12.structure.TpmResult.AUTHFAIL;
import static org.jswtpm.engine.tpm12.structure.TpmResult.INVALID_KEYHANDLE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.ParameterReader;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.flags.PermanentFlag;
import org.jswtpm.engine.tpm12.key.LoadedKey;
import org.jswtpm.engine.tpm12.structure.Pubkey;
import org.jswtpm.engine.tpm12.structure.ReservedHandle;
import org.jswtpm.engine.tpm12.structure.TpmKey;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_GetPubKey: the public part of a loaded key.
 *
 * <p>Part 3, 10.6. TPM_AUTHFAIL; TPM_INVALID_KEYHANDLE of the SRK, unless the owner has opened it.
 */
public final class GetPubKey implements Command<GetPubKey.In, Pubkey> {
    record In(int keyHandle) {}

    @Override
    public In unmarshal(ParameterReader in) {
        return new In(in.handle());
    }

    @Override
    public Pubkey execute(In in, TpmState tpm, Authorizations auth) {
        LoadedKey key = tpm.keyForReading(in.keyHandle);
        if (auth.isAny()) {
            auth.first().byKey(key);
        } else {
            boolean isOpen = key.publicPart().authDataUsage() == TpmKey.NO_READ_PUBKEY_AUTH;
            check(isOpen || key.needsNoAuthorization(), AUTHFAIL);
        }
        boolean isSrk = in.keyHandle == ReservedHandle.SRK;
        check(!isSrk || tpm.permanentFlags().is(PermanentFlag.READ_SRK_PUB), INVALID_KEYHANDLE);
        return key.publicPart().asPubkey();
    }

    @Override
    public void marshal(Pubkey out, WireWriter response) {
        out.marshal(response);
    }
}
