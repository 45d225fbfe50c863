package org.jswtpm.engine.tpm2.entity;

import static org.jswtpm.engine.tpm2.structure.TpmRc.HANDLE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.REFERENCE_H0;
import static org.jswtpm.engine.tpm2.structure.TpmRc.VALUE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import java.util.Arrays;
import org.jswtpm.engine.tpm2.nv.NvIndex;
import org.jswtpm.engine.tpm2.nv.NvMemory;
import org.jswtpm.engine.tpm2.session.SessionSlots;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmLimits;
import org.jswtpm.engine.wire.Bytes;

/** Finds the entity of a handle, in whichever room it is. */
public final class Entities {
    private final NvMemory nv;
    private final SessionSlots sessions;

    public Entities(NvMemory nv, SessionSlots sessions) {
        this.nv = nv;
        this.sessions = sessions;
    }

    /**
     * The entity that a handle of a command refers to, if it is there and enabled. A persistent object is loaded into a
     * slot until the command ends.
     *
     * @param forEvictControl whether the command is TPM2_EvictControl, which may refer to objects that others may not
     * @throws org.jswtpm.engine.wire.TpmException the code without the handle's number: VALUE, HIERARCHY, HANDLE,
     *     REFERENCE_H0, OBJECT_MEMORY
     */
    public Entity resolve(Handle handle, boolean forEvictControl) {
        return switch (handle.type()) {
            case Handle.TYPE_PCR -> new PcrEntity(handle);
            case Handle.TYPE_NV_INDEX -> nvIndex(handle);
            case Handle.TYPE_HMAC_SESSION, Handle.TYPE_POLICY_SESSION -> session(handle);
            default -> throw VALUE.exception();
        };
    }

    private Entity session(Handle handle) {
        check(sessions.isLoaded(handle), REFERENCE_H0);
        check(sessions.get(handle).isPolicy() == (handle.type() == Handle.TYPE_POLICY_SESSION), HANDLE);
        return new SessionEntity(handle);
    }

    private Entity nvIndex(Handle handle) {
        NvIndex index = nv.find(handle);
        check(index != null, HANDLE);
        return new NvIndexEntity(nv, index);
    }

    /** Whether {@code entity} is an NV Index of which TPMA_NV_WRITTEN is {@code written}. */
    public boolean nvWrittenMatches(Entity entity, boolean written) {
        return entity instanceof NvIndexEntity index && index.isWritten() == written;
    }

    /**
     * What a session is bound to (Part 1, 19.6.12): the Name of the entity in a field of the largest size of a Name, with
     * the auth value XORed to its end. So a session is bound no more once the auth value changes. The caller wipes it.
     */
    public byte[] bindValue(Entity entity) {
        byte[] value = new byte[TpmLimits.MAX_NAME_SIZE];
        Bytes name = entity.name();
        name.copyTo(value, 0);
        byte[] auth = entity.auth();
        int offset = value.length - auth.length;
        for (int i = 0; i < auth.length; i++) {
            value[offset + i] ^= auth[i];
        }
        Arrays.fill(auth, (byte) 0);
        return value;
    }
}
