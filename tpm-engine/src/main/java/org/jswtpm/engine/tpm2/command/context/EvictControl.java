package org.jswtpm.engine.tpm2.command.context;

import static org.jswtpm.engine.tpm2.structure.TpmRc.ATTRIBUTES;
import static org.jswtpm.engine.tpm2.structure.TpmRc.HANDLE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.HIERARCHY;
import static org.jswtpm.engine.tpm2.structure.TpmRc.NV_DEFINED;
import static org.jswtpm.engine.tpm2.structure.TpmRc.RANGE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.object.SlotAttributes;
import org.jswtpm.engine.tpm2.object.TpmObject;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmiHandle;

/**
 * TPM2_EvictControl: makes a transient object persistent, or deletes a persistent one.
 *
 * <p>Part 3, 28.5. The platform may delete whatever is persistent, the owner only what is not the platform's; each makes
 * objects persistent in its own half of the handles.
 */
public final class EvictControl implements Command<EvictControl.In, Void> {
    private static final int OBJECT_HANDLE = 2;
    private static final int PERSISTENT_HANDLE = 1;
    private static final int NOT_TO_PERSIST =
            SlotAttributes.TEMPORARY | SlotAttributes.ST_CLEAR | SlotAttributes.PUBLIC_ONLY;

    record In(Handle auth, Handle objectHandle, Handle persistentHandle) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(handles.get(1), handles.get(OBJECT_HANDLE), TpmiHandle.persistent(in.at(PERSISTENT_HANDLE)));
    }

    @Override
    public Void execute(In in, TpmState tpm) {
        check(
                !tpm.objects().get(in.objectHandle).attributes().hasAny(NOT_TO_PERSIST),
                ATTRIBUTES.handle(OBJECT_HANDLE));
        TpmObject object = tpm.objects().object(in.objectHandle, ATTRIBUTES.handle(OBJECT_HANDLE));
        boolean persistent = object.isPersistent();
        check(!persistent || object.evictHandle().equals(in.persistentHandle), HANDLE.handle(OBJECT_HANDLE));
        checkAuthorization(in, object, persistent);
        if (persistent) {
            tpm.nv().deleteObject(in.persistentHandle);
            return null;
        }
        check(tpm.nv().findObject(in.persistentHandle) == null, NV_DEFINED);
        tpm.nv().addObject(object.persistentCopy(in.persistentHandle));
        return null;
    }

    private static void checkAuthorization(In in, TpmObject object, boolean persistent) {
        boolean byPlatform = in.auth.equals(Handle.PLATFORM);
        boolean ofPlatform = object.attributes().has(SlotAttributes.PPS_HIERARCHY);
        check(byPlatform ? persistent || ofPlatform : !ofPlatform, HIERARCHY.handle(OBJECT_HANDLE));
        check(
                persistent || in.persistentHandle.isPlatformPersistent() == byPlatform,
                RANGE.parameter(PERSISTENT_HANDLE));
    }
}
