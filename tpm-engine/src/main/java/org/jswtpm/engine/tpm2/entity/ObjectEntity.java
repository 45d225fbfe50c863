package org.jswtpm.engine.tpm2.entity;

import org.jswtpm.engine.tpm2.object.SlotAttributes;
import org.jswtpm.engine.tpm2.object.SlotObject;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.HashAlg;
import org.jswtpm.engine.wire.Bytes;

/** A loaded object or a sequence (Part 1, 27.2): its attributes say which authorization gives which role. */
final class ObjectEntity implements Entity {
    private final Handle handle;
    private final SlotObject object;

    ObjectEntity(Handle handle, SlotObject object) {
        this.handle = handle;
        this.object = object;
    }

    @Override
    public Handle handle() {
        return handle;
    }

    @Override
    public Bytes name() {
        return object.name();
    }

    @Override
    public byte[] auth() {
        return object.auth().exposeWithoutTrailingZeros();
    }

    @Override
    public HashAlg policyAlg() {
        return object.nameAlg();
    }

    @Override
    public Bytes policy() {
        return object.authPolicy();
    }

    @Override
    public boolean isDaProtected() {
        return !object.publicAttributes().noDa();
    }

    /** An object may give the ADMIN role by its auth value, the DUP role never. */
    @Override
    public boolean isPolicyRequired(AuthUse use) {
        return switch (use.role()) {
            case USER -> false;
            case ADMIN -> object.publicAttributes().adminWithPolicy();
            case DUP -> true;
        };
    }

    @Override
    public boolean isAuthAvailable(AuthUse use) {
        if (object.attributes().isSequence()) {
            return true;
        }
        boolean byAdmin =
                use.role() == AuthUse.Role.ADMIN && !object.publicAttributes().adminWithPolicy();
        return !object.attributes().has(SlotAttributes.PUBLIC_ONLY)
                && (object.publicAttributes().userWithAuth() || byAdmin);
    }

    @Override
    public boolean isPolicyAvailable(AuthUse use) {
        return !object.attributes().has(SlotAttributes.PUBLIC_ONLY)
                && !object.attributes().isSequence();
    }
}
