package org.jswtpm.engine.tpm2.dispatch;

import org.jswtpm.engine.tpm2.entity.Entity;
import org.jswtpm.engine.tpm2.session.Session;
import org.jswtpm.engine.tpm2.structure.Handle;

/** One session of a command's session area: the handle, the nonce, the attributes, the HMAC or password. */
final class SessionUse {
    final Handle handle;
    final byte[] nonceCaller;
    final byte[] auth;
    int attributes;

    /** The loaded session; null for a password. */
    Session session;

    /** The entity that is to be authorized; null if the session only encrypts or audits. */
    Entity entity;

    SessionUse(Handle handle, byte[] nonceCaller, int attributes, byte[] auth) {
        this.handle = handle;
        this.nonceCaller = nonceCaller;
        this.attributes = attributes;
        this.auth = auth;
    }

    boolean has(int attribute) {
        return (attributes & attribute) != 0;
    }

    boolean isPassword() {
        return handle.equals(Handle.PASSWORD);
    }
}
