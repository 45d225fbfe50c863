package org.jswtpm.engine.tpm12.command.nv;

import static org.jswtpm.engine.tpm12.structure.TpmResult.AREA_LOCKED;
import static org.jswtpm.engine.tpm12.structure.TpmResult.AUTH_CONFLICT;
import static org.jswtpm.engine.tpm12.structure.TpmResult.BADINDEX;
import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_DATASIZE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_PARAM_SIZE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_PRESENCE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.MAXNVWRITES;
import static org.jswtpm.engine.tpm12.structure.TpmResult.NOSPACE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.OWNER_SET;
import static org.jswtpm.engine.tpm12.structure.TpmResult.PER_NOWRITE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.SIZE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import java.util.Arrays;
import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.ParameterReader;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.flags.PermanentFlag;
import org.jswtpm.engine.tpm12.flags.StclearFlag;
import org.jswtpm.engine.tpm12.nv.NvArea;
import org.jswtpm.engine.tpm12.nv.NvMemory;
import org.jswtpm.engine.tpm12.structure.EntityType;
import org.jswtpm.engine.tpm12.structure.Locality;
import org.jswtpm.engine.tpm12.structure.NvDataPublic;
import org.jswtpm.engine.tpm12.structure.NvPermission;
import org.jswtpm.engine.tpm12.structure.TpmLimits;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_NV_DefineSpace: defines an area, or removes it (size 0), or locks NV (index FFFFFFFF, size 0, no authorization).
 *
 * <p>Part 3, 20.1. The checks run in the order of libtpms.
 */
public final class NvDefineSpace implements Command<NvDefineSpace.In, Void> {
    record In(NvDataPublic pubInfo, Bytes encAuth) {
        int index() {
            return pubInfo.nvIndex();
        }

        boolean removes() {
            return pubInfo.dataSize() == 0;
        }
    }

    @Override
    public In unmarshal(ParameterReader in) {
        return new In(NvDataPublic.unmarshal(in.wire()), in.encAuth());
    }

    @Override
    public Void execute(In in, TpmState tpm, Authorizations auth) {
        if (in.index() == NvMemory.INDEX_LOCK && !auth.isAny()) {
            check(in.removes(), BADINDEX);
            if (tpm.permanentFlags().set(PermanentFlag.NV_LOCKED, true)) {
                tpm.nvChanged();
            }
            return null;
        }
        boolean isLocked = tpm.permanentFlags().is(PermanentFlag.NV_LOCKED);
        check(in.index() != NvMemory.INDEX_0, BADINDEX);
        check(!isLocked || !NvMemory.hasDBit(in.index()), BADINDEX);
        Secret authValue = authorize(in, isLocked, tpm, auth);
        NvArea old = tpm.nv().find(in.index());
        if (isLocked && old != null) {
            checkOldArea(old, tpm);
        }
        boolean isRemoval = old != null && in.removes();
        if (isRemoval) {
            authValue.close();
            remove(old, tpm);
            tpm.nvChanged();
        } else {
            define(in, old, authValue, tpm);
        }
        if (auth.isAny()) {
            auth.first().endSession();
        } else {
            tpm.permanent().setNoOwnerNvWrite(tpm.permanent().noOwnerNvWrite() + 1);
        }
        return null;
    }

    /** By the owner the auth value comes encrypted; without authorization somebody has to be there, and no owner. */
    private static Secret authorize(In in, boolean isLocked, TpmState tpm, Authorizations auth) {
        if (auth.isAny()) {
            auth.first().byOwnerWithSharedSecret();
            return auth.first().decryptAuth(in.encAuth);
        }
        if (isLocked) {
            check(tpm.isPhysicallyPresent(), BAD_PRESENCE);
            check(!tpm.permanent().isOwnerInstalled(), OWNER_SET);
            check(!in.removes(), BAD_DATASIZE);
        }
        int writes = tpm.permanent().noOwnerNvWrite() + 1;
        check(Integer.compareUnsigned(writes, TpmLimits.MAX_NV_WRITE_NOOWNER) <= 0, MAXNVWRITES);
        return Secret.take(in.encAuth.toArray());
    }

    private static void checkOldArea(NvArea old, TpmState tpm) {
        boolean isGlobalLock = tpm.stclearFlags().is(StclearFlag.GLOBAL_LOCK);
        check(!old.permission().has(NvPermission.GLOBALLOCK) || !isGlobalLock, AREA_LOCKED);
        check(!old.permission().has(NvPermission.WRITE_STCLEAR) || !old.use().writeSTClear(), AREA_LOCKED);
    }

    private static void checkNewArea(In in) {
        NvPermission permission = in.pubInfo.permission();
        check(!(permission.has(NvPermission.OWNERWRITE) && permission.has(NvPermission.AUTHWRITE)), AUTH_CONFLICT);
        check(!(permission.has(NvPermission.OWNERREAD) && permission.has(NvPermission.AUTHREAD)), AUTH_CONFLICT);
        boolean isProtected = permission.has(NvPermission.OWNERWRITE
                        | NvPermission.AUTHWRITE
                        | NvPermission.WRITEDEFINE
                        | NvPermission.PPWRITE)
                // libtpms looks at the localities for reading where the specification means those for writing
                || in.pubInfo.pcrInfoRead().localityAtRelease() != Locality.ALL;
        check(isProtected, PER_NOWRITE);
        NvMemory.checkIndex(in.index());
        check(!in.removes(), BAD_PARAM_SIZE);
        check(in.pubInfo.dataSize() <= TpmLimits.ALLOC_MAX, SIZE);
    }

    private static void define(In in, NvArea old, Secret authValue, TpmState tpm) {
        checkNewArea(in);
        int size = (int) in.pubInfo.dataSize();
        byte[] data = new byte[size];
        Arrays.fill(data, (byte) 0xff);
        NvArea area = new NvArea(in.pubInfo, authValue, data, NvDataPublic.Use.NONE);
        check(tpm.nv().freeSpace() + sizeOf(old) >= sizeOf(area), NOSPACE);
        if (in.index() == NvMemory.INDEX_TRIAL) {
            area.wipe();
        } else {
            tpm.nv().add(area);
            tpm.nvChanged();
        }
        if (old != null) {
            remove(old, tpm);
        }
    }

    private static int sizeOf(NvArea area) {
        if (area == null) {
            return 0;
        }
        WireWriter out = new WireWriter();
        NvMemory.marshal(area, out);
        int size = out.size();
        out.wipe();
        return size;
    }

    private static void remove(NvArea area, TpmState tpm) {
        tpm.authSessions().terminateEntity(EntityType.NV, area.entityDigest());
        tpm.nv().remove(area);
    }
}
