package org.jswtpm.engine.tpm12.command.session;

import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.auth.AuthSession;
import org.jswtpm.engine.tpm12.structure.TpmLimits;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_OIAP: a session that authorizes by the auth value of whatever a command uses.
 *
 * <p>Part 3, 18.1. TPM_RESOURCES.
 */
public final class Oiap implements Command<Void, AuthSession> {
    @Override
    public AuthSession execute(Void in, TpmState tpm, Authorizations auth) {
        int handle = tpm.authSessions().newHandle(0, tpm.random());
        AuthSession session = AuthSession.oiap(handle, Bytes.wrap(tpm.random().generate(TpmLimits.NONCE_SIZE)));
        tpm.authSessions().add(session);
        return session;
    }

    @Override
    public void marshalUndigested(AuthSession out, WireWriter response) {
        response.uint32(out.handle()).bytes(out.nonceEven());
    }
}
