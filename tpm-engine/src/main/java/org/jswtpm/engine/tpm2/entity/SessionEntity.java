package org.jswtpm.engine.tpm2.entity;

import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.HashAlg;
import org.jswtpm.engine.wire.Bytes;

/** A session in a handle area. It has a Name; no command asks for its authorization. */
final class SessionEntity implements Entity {
    private final Handle handle;

    SessionEntity(Handle handle) {
        this.handle = handle;
    }

    @Override
    public Handle handle() {
        return handle;
    }

    @Override
    public Bytes name() {
        return handle.asName();
    }

    @Override
    public byte[] auth() {
        return new byte[0];
    }

    @Override
    public HashAlg policyAlg() {
        return HashAlg.NULL;
    }

    @Override
    public Bytes policy() {
        return Bytes.EMPTY;
    }

    @Override
    public boolean isDaProtected() {
        return false;
    }

    @Override
    public boolean isPolicyRequired(AuthUse use) {
        return false;
    }

    @Override
    public boolean isAuthAvailable(AuthUse use) {
        return false;
    }

    @Override
    public boolean isPolicyAvailable(AuthUse use) {
        return false;
    }
}
