package org.jswtpm.engine.tpm2.entity;

import org.jswtpm.engine.tpm2.hierarchy.Hierarchies;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.HashAlg;
import org.jswtpm.engine.wire.Bytes;

/** A hierarchy, or TPM_RH_LOCKOUT (Part 1, 14). */
final class PermanentEntity implements Entity {
    private final Hierarchies hierarchies;
    private final Handle handle;

    PermanentEntity(Hierarchies hierarchies, Handle handle) {
        this.hierarchies = hierarchies;
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
        return hierarchies.auth(handle).exposeWithoutTrailingZeros();
    }

    @Override
    public HashAlg policyAlg() {
        return hierarchies.policyAlg(handle);
    }

    @Override
    public Bytes policy() {
        return hierarchies.policy(handle);
    }

    @Override
    public boolean isDaProtected() {
        return handle.equals(Handle.LOCKOUT);
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
        return !policy().isEmpty();
    }
}
