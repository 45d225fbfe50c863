package org.jswtpm.engine.tpm12.command.deprecated;

import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.ParameterReader;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.auth.AuthSession;
import org.jswtpm.engine.tpm12.context.SavedContext;
import org.jswtpm.engine.tpm12.structure.ContextBlob;
import org.jswtpm.engine.tpm12.structure.ResourceType;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_SaveAuthContext: gives an authorization session away to be loaded again.
 *
 * <p>Part 3, 28.3. TPM_INVALID_AUTHHANDLE, TPM_TOOMANYCONTEXTS, TPM_NOCONTEXTSPACE.
 */
public final class SaveAuthContext implements Command<Integer, ContextBlob> {
    @Override
    public Integer unmarshal(ParameterReader in) {
        return in.handle();
    }

    @Override
    public ContextBlob execute(Integer authHandle, TpmState tpm, Authorizations auth) {
        AuthSession session = tpm.authSessions().get(authHandle);
        Bytes nonce = tpm.contexts().nonceForSession(tpm.random());
        Bytes label = Bytes.zeros(ContextBlob.LABEL_SIZE);
        ContextBlob head = ContextBlob.head(
                ResourceType.AUTH, authHandle, label, tpm.contexts().add());
        WireWriter out = new WireWriter();
        session.marshal(out);
        tpm.authSessions().terminate(authHandle);
        return SavedContext.seal(head, nonce, out, tpm.permanent());
    }

    @Override
    public void marshal(ContextBlob out, WireWriter response) {
        int mark = response.beginSized4();
        out.marshal(response);
        response.endSized4(mark);
    }
}
