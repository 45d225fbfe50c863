package org.jswtpm.engine.tpm12.command.nv;

import static org.jswtpm.engine.tpm12.structure.TpmResult.AREA_LOCKED;
import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_PRESENCE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.DEACTIVATED;
import static org.jswtpm.engine.tpm12.structure.TpmResult.DISABLED;
import static org.jswtpm.engine.tpm12.structure.TpmResult.NOSPACE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.flags.PermanentFlag;
import org.jswtpm.engine.tpm12.flags.StclearFlag;
import org.jswtpm.engine.tpm12.nv.NvArea;
import org.jswtpm.engine.tpm12.nv.NvMemory;
import org.jswtpm.engine.tpm12.structure.NvDataPublic;
import org.jswtpm.engine.wire.Bytes;

/** What reading and writing an area has in common, with and without the area's own authorization (Part 3, 20). */
final class NvUse {
    private NvUse() {}

    /** Ends the command with TPM_BAD_PRESENCE if the area asks for presence by {@code permission} and nobody is there. */
    static void checkPresence(NvArea area, int permission, TpmState tpm) {
        check(!area.permission().has(permission) || tpm.isPhysicallyPresent(), BAD_PRESENCE);
    }

    /**
     * An area of the owner's is closed in a TPM that is disabled or deactivated. libtpms refuses in a way that lets the session
     * go on.
     */
    static void checkOpenToOwner(boolean isOwners, TpmState tpm, Authorizations auth) {
        if (!isOwners || !tpm.permanentFlags().is(PermanentFlag.NV_LOCKED)) {
            return;
        }
        boolean isDisabled = tpm.permanentFlags().is(PermanentFlag.DISABLE);
        if (isDisabled || tpm.stclearFlags().is(StclearFlag.DEACTIVATED)) {
            auth.keepSessions();
            throw (isDisabled ? DISABLED : DEACTIVATED).exception();
        }
    }

    /** Reads; with size 0 it locks the area until the next start, if the area can be locked so. */
    static Bytes read(NvArea area, int offset, int size) {
        if (size == 0) {
            NvDataPublic.Use use = area.use();
            area.setUse(new NvDataPublic.Use(true, use.writeSTClear(), use.writeDefine()));
            return Bytes.EMPTY;
        }
        if (NvMemory.isGpio(area.publicArea().nvIndex())) {
            long end = Integer.toUnsignedLong(offset) + Integer.toUnsignedLong(size);
            check(end <= area.publicArea().dataSize(), NOSPACE);
            return Bytes.zeros(size);
        }
        return area.read(offset, size);
    }

    /** Ends the command with TPM_AREA_LOCKED if the area cannot be written now. */
    static void checkWritable(NvArea area, TpmState tpm) {
        check(!area.isWriteLocked(tpm.stclearFlags().is(StclearFlag.GLOBAL_LOCK)), AREA_LOCKED);
    }

    /**
     * Writes; with size 0 it locks the area, if it can be locked so. What is written is readable again.
     *
     * @return whether that changed what NV holds
     */
    static boolean write(NvArea area, int offset, Bytes data) {
        NvDataPublic.Use use = area.use();
        if (data.isEmpty()) {
            area.setUse(new NvDataPublic.Use(false, true, true));
            return !use.writeDefine();
        }
        area.checkWrite(offset, data.size());
        area.setUse(new NvDataPublic.Use(false, use.writeSTClear(), use.writeDefine()));
        return !NvMemory.isGpio(area.publicArea().nvIndex()) && area.write(offset, data);
    }
}
