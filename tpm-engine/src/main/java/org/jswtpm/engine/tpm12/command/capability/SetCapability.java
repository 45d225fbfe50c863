package org.jswtpm.engine.tpm12.command.capability;

import static org.jswtpm.engine.tpm12.structure.TpmResult.AUTHFAIL;
import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_MODE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_PARAMETER;
import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_PRESENCE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.ParameterReader;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.flags.StclearFlag;
import org.jswtpm.engine.tpm12.structure.Locality;
import org.jswtpm.engine.tpm12.structure.TpmResult;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;

/**
 * TPM_SetCapability: the owner, or who is there, sets a flag or a value.
 *
 * <p>Part 3, 7.2. TPM_AUTHFAIL; TPM_BAD_PARAMETER for a value of the wrong size and for what cannot be set, TPM_BAD_MODE for
 * areas that there are not; TPM_OWNER_SET, TPM_DISABLED, TPM_DEACTIVATED, TPM_BAD_LOCALITY, TPM_BAD_PRESENCE.
 */
public final class SetCapability implements Command<SetCapability.In, Void> {
    private static final int PERM_FLAGS = 1;
    private static final int PERM_DATA = 2;
    private static final int STCLEAR_FLAGS = 3;
    private static final int STCLEAR_DATA = 4;
    private static final int STANY_FLAGS = 5;
    private static final int STANY_DATA = 6;
    private static final int VENDOR = 7;

    private static final int RESTRICT_DELEGATE = 23;
    private static final int DAA_PROOF = 25;
    private static final int DISABLE_FORCE_CLEAR = 2;
    private static final int DEFERRED_PHYSICAL_PRESENCE = 6;
    private static final int TOS_PRESENT = 4;

    record In(int capArea, SubCap subCap, Bytes setValue) {
        /** TPM_BOOL; libtpms takes any octet but 0 for TRUE here. */
        boolean bool() {
            check(setValue.size() == 1, BAD_PARAMETER);
            return setValue.get(0) != 0;
        }

        int uint32() {
            check(setValue.size() == Integer.BYTES, BAD_PARAMETER);
            return WireReader.over(setValue, TpmResult.WIRE_FAULTS).uint32();
        }
    }

    @Override
    public In unmarshal(ParameterReader in) {
        return new In(in.uint32(), new SubCap(in.sized()), in.sized());
    }

    @Override
    public Void execute(In in, TpmState tpm, Authorizations auth) {
        boolean isOwner = auth.isAny();
        if (isOwner) {
            auth.first().byOwner();
        }
        int subCap = in.subCap.value32();
        switch (in.capArea) {
            case PERM_FLAGS -> new PermanentFlagSetting(tpm, isOwner).set(subCap, in.bool());
            case PERM_DATA -> setPermanentData(in, subCap, tpm, isOwner);
            case STCLEAR_FLAGS -> setStclearFlag(subCap, in.bool(), tpm);
            case STCLEAR_DATA -> setStclearData(subCap, in.uint32(), tpm);
            case STANY_FLAGS -> setStanyFlag(subCap, in.bool(), tpm);
            case STANY_DATA, VENDOR -> throw BAD_PARAMETER.exception();
            default -> throw BAD_MODE.exception();
        }
        return null;
    }

    /** libtpms asks nobody's authorization for new secrets of DAA. */
    private static void setPermanentData(In in, int subCap, TpmState tpm, boolean isOwner) {
        if (subCap == DAA_PROOF) {
            tpm.permanent().initializeDaa(tpm.random());
            tpm.nvChanged();
            return;
        }
        int value = in.uint32();
        check(subCap == RESTRICT_DELEGATE, BAD_PARAMETER);
        check(isOwner, AUTHFAIL);
        PermanentFlagSetting.checkOperational(tpm);
        if (tpm.permanent().restrictDelegate() != value) {
            tpm.permanent().setRestrictDelegate(value);
            tpm.nvChanged();
        }
    }

    private static void setStclearFlag(int subCap, boolean value, TpmState tpm) {
        check(subCap == DISABLE_FORCE_CLEAR, BAD_PARAMETER);
        PermanentFlagSetting.checkOperational(tpm);
        check(value, BAD_PARAMETER);
        tpm.stclearFlags().set(StclearFlag.DISABLE_FORCE_CLEAR, true);
    }

    /** Who is not there can take presence back only. */
    private static void setStclearData(int subCap, int value, TpmState tpm) {
        check(subCap == DEFERRED_PHYSICAL_PRESENCE, BAD_PARAMETER);
        check(tpm.isPhysicallyPresent() || (~tpm.deferredPhysicalPresence() & value) == 0, BAD_PRESENCE);
        tpm.setDeferredPhysicalPresence(value);
    }

    private static void setStanyFlag(int subCap, boolean value, TpmState tpm) {
        check(subCap == TOS_PRESENT, BAD_PARAMETER);
        Locality.check(Locality.THREE | Locality.FOUR, tpm.locality());
        PermanentFlagSetting.checkOperational(tpm);
        check(!value, BAD_PARAMETER);
        tpm.stanyFlags().setTosPresent(false);
    }
}
