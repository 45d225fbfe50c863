package org.jswtpm.engine.tpm12;

import org.jswtpm.engine.wire.Bytes;

/** Whatever answers TPM 1.2 commands. */
public interface Tpm12Client {
    /** Sends octets and awaits the response. */
    byte[] exchange(byte[] command);

    /** Sends a request; checks the authorizations of the response, and takes its nonces over. */
    default Reply send(Request request) {
        return request.complete(exchange(request.toArray()));
    }

    /** TPM_OIAP: a session for entities whose auth value is {@code auth}. */
    default ClientSession oiap(byte[] auth) {
        return ClientSession.oiap(this, auth);
    }

    /** TPM_OSAP: a session for one entity. */
    default ClientSession osap(int entityType, int entityValue, byte[] auth) {
        return ClientSession.osap(this, entityType, entityValue, auth);
    }

    /** TPM_DSAP: a session for a delegate. */
    default ClientSession dsap(int entityType, int keyHandle, Bytes entityValue, byte[] auth) {
        return ClientSession.dsap(this, entityType, keyHandle, entityValue, auth);
    }
}
