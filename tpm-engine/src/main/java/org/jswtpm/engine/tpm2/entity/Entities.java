package org.jswtpm.engine.tpm2.entity;

import static org.jswtpm.engine.tpm2.structure.TpmRc.HANDLE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.HIERARCHY;
import static org.jswtpm.engine.tpm2.structure.TpmRc.REFERENCE_H0;
import static org.jswtpm.engine.tpm2.structure.TpmRc.VALUE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import java.util.Arrays;
import org.jswtpm.engine.tpm2.hierarchy.Hierarchies;
import org.jswtpm.engine.tpm2.nv.NvIndex;
import org.jswtpm.engine.tpm2.nv.NvMemory;
import org.jswtpm.engine.tpm2.object.ObjectSlots;
import org.jswtpm.engine.tpm2.object.SlotAttributes;
import org.jswtpm.engine.tpm2.object.TpmObject;
import org.jswtpm.engine.tpm2.session.SessionSlots;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmLimits;
import org.jswtpm.engine.wire.Bytes;

/** Finds the entity of a handle, in whichever room it is. */
public final class Entities {
    private final Hierarchies hierarchies;
    private final ObjectSlots objects;
    private final NvMemory nv;
    private final SessionSlots sessions;

    public Entities(Hierarchies hierarchies, ObjectSlots objects, NvMemory nv, SessionSlots sessions) {
        this.hierarchies = hierarchies;
        this.objects = objects;
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
            case Handle.TYPE_PERMANENT -> permanent(handle);
            case Handle.TYPE_TRANSIENT -> transientObject(handle);
            case Handle.TYPE_PERSISTENT -> persistentObject(handle, forEvictControl);
            default -> throw new IllegalArgumentException("no entity has the handle " + handle);
        };
    }

    /** TPM_RH_LOCKOUT is always there: its policy may be used even if its auth value may not. */
    private Entity permanent(Handle handle) {
        if (!handle.equals(Handle.LOCKOUT)) {
            check(isHierarchy(handle), VALUE);
            check(hierarchies.isEnabled(handle), HIERARCHY);
        }
        return new PermanentEntity(hierarchies, handle);
    }

    private static boolean isHierarchy(Handle handle) {
        return handle.equals(Handle.OWNER)
                || handle.equals(Handle.ENDORSEMENT)
                || handle.equals(Handle.PLATFORM)
                || handle.equals(Handle.NULL);
    }

    private Entity transientObject(Handle handle) {
        check(objects.isPresent(handle), REFERENCE_H0);
        return new ObjectEntity(handle, objects.get(handle));
    }

    /** Once loaded the object goes by the handle of its slot, for this command. */
    private Entity persistentObject(Handle handle, boolean forEvictControl) {
        check(hierarchies.isEnabled(handle.isPlatformPersistent() ? Handle.PLATFORM : Handle.OWNER), HANDLE);
        objects.checkFree();
        TpmObject object = nv.findObject(handle);
        check(object != null, HANDLE);
        boolean hidden = object.hierarchy().equals(Handle.ENDORSEMENT) && !hierarchies.isEnabled(Handle.ENDORSEMENT);
        check(!hidden || forEvictControl, HANDLE);
        return new ObjectEntity(objects.add(object), object);
    }

    /** The entity of a handle that {@link #resolve} has given. */
    public Entity of(Handle handle) {
        return switch (handle.type()) {
            case Handle.TYPE_PCR -> new PcrEntity(handle);
            case Handle.TYPE_NV_INDEX -> new NvIndexEntity(nv, nv.index(handle));
            case Handle.TYPE_HMAC_SESSION, Handle.TYPE_POLICY_SESSION -> new SessionEntity(handle);
            case Handle.TYPE_PERMANENT -> new PermanentEntity(hierarchies, handle);
            case Handle.TYPE_TRANSIENT -> new ObjectEntity(handle, objects.get(handle));
            default -> throw new IllegalArgumentException("no entity has the handle " + handle);
        };
    }

    /** Whether a session can be bound to the entity: not to an object without its sensitive area, nor to a PIN index. */
    public boolean canBind(Handle handle) {
        return switch (handle.type()) {
            case Handle.TYPE_NV_INDEX -> !nv.index(handle).attributes().isPinCounted();
            case Handle.TYPE_TRANSIENT -> !objects.get(handle).attributes().has(SlotAttributes.PUBLIC_ONLY);
            default -> true;
        };
    }

    /** Whether the entity is a PIN Pass index, whose auth value may be used so many times only. */
    public boolean isPinPass(Handle handle) {
        return handle.type() == Handle.TYPE_NV_INDEX
                && nv.index(handle).attributes().isPinPass();
    }

    /** The hierarchy that an entity belongs to: its tickets are sealed with the proof of that one. */
    public Handle hierarchyOf(Handle handle) {
        return switch (handle.type()) {
            case Handle.TYPE_PERMANENT -> isHierarchy(handle) ? handle : Handle.OWNER;
            case Handle.TYPE_NV_INDEX ->
                nv.index(handle).attributes().isPlatformCreated() ? Handle.PLATFORM : Handle.OWNER;
            case Handle.TYPE_TRANSIENT -> objects.get(handle).hierarchy();
            default -> Handle.OWNER;
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
        boolean visible = index.attributes().isPlatformCreated()
                ? hierarchies.isPlatformNvEnabled()
                : hierarchies.isEnabled(Handle.OWNER);
        check(visible, HANDLE);
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
