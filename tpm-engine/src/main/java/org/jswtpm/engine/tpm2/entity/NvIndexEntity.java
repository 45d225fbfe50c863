package org.jswtpm.engine.tpm2.entity;

import org.jswtpm.engine.tpm2.nv.NvIndex;
import org.jswtpm.engine.tpm2.nv.NvMemory;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.HashAlg;
import org.jswtpm.engine.tpm2.structure.NvAttributes;
import org.jswtpm.engine.wire.Bytes;

/** An NV Index (Part 1, 37.2): its attributes say which authorization reads and which writes. */
final class NvIndexEntity implements Entity {
    private static final long PIN_LIMIT = 0xFFFF_FFFFL;
    private static final long ONE_PIN = 1L << 32;

    private final NvMemory nv;
    private final NvIndex index;

    NvIndexEntity(NvMemory nv, NvIndex index) {
        this.nv = nv;
        this.index = index;
    }

    @Override
    public Handle handle() {
        return index.handle();
    }

    @Override
    public Bytes name() {
        return index.name();
    }

    @Override
    public byte[] auth() {
        return index.auth().exposeWithoutTrailingZeros();
    }

    @Override
    public HashAlg policyAlg() {
        return index.nameAlg();
    }

    @Override
    public Bytes policy() {
        return index.publicArea().authPolicy();
    }

    @Override
    public boolean isDaProtected() {
        return !index.attributes().has(NvAttributes.NO_DA);
    }

    @Override
    public boolean isPolicyRequired(AuthUse use) {
        return use.isAboveUser();
    }

    /** The auth value of a PIN index is its PIN: it may be used as long as pinCount is below pinLimit. */
    @Override
    public boolean isAuthAvailable(AuthUse use) {
        NvAttributes attributes = index.attributes();
        if (use.writesNv()) {
            return attributes.has(NvAttributes.AUTHWRITE);
        }
        if (!attributes.isPinCounted()) {
            return attributes.has(NvAttributes.AUTHREAD);
        }
        long pin = attributes.isWritten() ? index.readUint64() : 0;
        return pin >>> 32 < (pin & PIN_LIMIT);
    }

    @Override
    public boolean isPolicyAvailable(AuthUse use) {
        if (policy().isEmpty()) {
            return false;
        }
        return isPolicyRequired(use)
                || index.attributes().has(use.writesNv() ? NvAttributes.POLICYWRITE : NvAttributes.POLICYREAD);
    }

    /** A PIN Fail index counts wrong uses and forgets them at a right one; a PIN Pass index counts right ones. */
    @Override
    public void authUsed(boolean right) {
        NvAttributes attributes = index.attributes();
        if (!attributes.isPinCounted() || !attributes.isWritten()) {
            return;
        }
        long pin = index.readUint64();
        if (attributes.isPinPass()) {
            if (right) {
                nv.writeUint64(index, pin + ONE_PIN);
            }
        } else {
            nv.writeUint64(index, right ? pin & PIN_LIMIT : pin + ONE_PIN);
        }
    }

    /** Whether the Index has been written. */
    boolean isWritten() {
        return index.attributes().isWritten();
    }
}
