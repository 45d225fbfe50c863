package org.jswtpm.engine.tpm12.command.context;

import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_MODE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_PARAMETER;
import static org.jswtpm.engine.tpm12.structure.TpmResult.INVALID_KEYUSAGE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.NOSPACE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.ParameterReader;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.key.KeySlot;
import org.jswtpm.engine.tpm12.structure.KeyFlags;
import org.jswtpm.engine.tpm12.structure.KeyUsage;
import org.jswtpm.engine.tpm12.structure.Pubkey;
import org.jswtpm.engine.tpm12.structure.TpmLimits;

/**
 * TPM_KeyControlOwner: the owner keeps a loaded key in the TPM, or keeps it no more.
 *
 * <p>Part 3, 21.1. TPM_AUTHFAIL, TPM_INVALID_KEYHANDLE, TPM_INVALID_KEYUSAGE, TPM_BAD_PARAMETER, TPM_BAD_MODE, TPM_NOSPACE.
 */
public final class KeyControlOwner implements Command<KeyControlOwner.In, Void> {
    private static final int MIN_EVICTABLE = 2;

    record In(int keyHandle, Pubkey pubKey, int bitName, boolean bitValue) {}

    @Override
    public In unmarshal(ParameterReader in) {
        return new In(in.handle(), Pubkey.unmarshal(in.wire()), in.uint32(), in.uint8() != 0);
    }

    @Override
    public Void execute(In in, TpmState tpm, Authorizations auth) {
        auth.first().byOwner();
        KeySlot slot = tpm.keys().get(in.keyHandle);
        check(canBeKept(slot.key().publicPart().keyUsage()), INVALID_KEYUSAGE);
        check(slot.key().publicPart().asPubkey().equals(in.pubKey), BAD_PARAMETER);
        check(in.bitName == KeySlot.OWNER_EVICT, BAD_MODE);
        if (slot.isOwnerEvict() == in.bitValue) {
            return null;
        }
        if (in.bitValue) {
            checkRoom(slot, tpm);
        }
        tpm.keys().replace(slot.withControl(slot.keyControl() ^ KeySlot.OWNER_EVICT));
        tpm.nvChanged();
        return null;
    }

    private static boolean canBeKept(int keyUsage) {
        return switch (keyUsage) {
            case KeyUsage.SIGNING, KeyUsage.STORAGE, KeyUsage.IDENTITY, KeyUsage.BIND, KeyUsage.LEGACY -> true;
            default -> false;
        };
    }

    private static void checkRoom(KeySlot slot, TpmState tpm) {
        check(tpm.keys().evictableCount() >= MIN_EVICTABLE, NOSPACE);
        boolean isVolatile = slot.key().publicPart().keyFlags().has(KeyFlags.IS_VOLATILE);
        check(!slot.parentPcrStatus() && !isVolatile, BAD_PARAMETER);
        check(tpm.keys().ownerEvictCount() < TpmLimits.OWNER_EVICT_KEY_HANDLES, NOSPACE);
    }
}
