package org.jswtpm.engine.tpm2.entity;

import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.HashAlg;
import org.jswtpm.engine.wire.Bytes;

/** A PCR. As in libtpms none belongs to a group, so the auth value is empty and there is no policy (Part 1, 17.8). */
final class PcrEntity implements Entity {
    private final Handle handle;

    PcrEntity(Handle handle) {
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
        return use.isAboveUser();
    }

    @Override
    public boolean isAuthAvailable(AuthUse use) {
        return true;
    }

    @Override
    public boolean isPolicyAvailable(AuthUse use) {
        return false;
    }
}
