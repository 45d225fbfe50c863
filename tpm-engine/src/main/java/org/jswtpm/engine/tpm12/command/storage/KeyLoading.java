package org.jswtpm.engine.tpm12.command.storage;

import static org.jswtpm.engine.tpm12.structure.TpmResult.AUTHFAIL;
import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_PARAMETER;
import static org.jswtpm.engine.tpm12.structure.TpmResult.INVALID_KEYUSAGE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.flags.PermanentFlag;
import org.jswtpm.engine.tpm12.key.KeyProperties;
import org.jswtpm.engine.tpm12.key.KeyWrap;
import org.jswtpm.engine.tpm12.key.LoadedKey;
import org.jswtpm.engine.tpm12.structure.KeyFlags;
import org.jswtpm.engine.tpm12.structure.KeyUsage;
import org.jswtpm.engine.tpm12.structure.TpmKey;

/** What TPM_LoadKey and TPM_LoadKey2 do (Part 3, 10.5). */
public final class KeyLoading {
    private static final int ANY_HANDLE = 0;

    private KeyLoading() {}

    /** Loads a key under its parent and gives its handle. */
    public static int load(int parentHandle, TpmKey.Wrapped wrapped, TpmState tpm, Authorizations auth) {
        LoadedKey parent = tpm.keyForUse(parentHandle);
        auth.byKeyIfNeeded(parent);
        check(parent.publicPart().keyUsage() == KeyUsage.STORAGE, INVALID_KEYUSAGE);
        KeyProperties.check(wrapped.key(), tpm.permanentFlags().is(PermanentFlag.FIPS));
        LoadedKey key = new LoadedKey(wrapped.key(), KeyWrap.unwrap(wrapped.encData(), parent));
        check(key.isComputable(), BAD_PARAMETER);
        check(key.isConsistent(), AUTHFAIL);
        int usage = wrapped.key().keyUsage();
        boolean isMigratable = wrapped.key().keyFlags().has(KeyFlags.MIGRATABLE);
        check(usage != KeyUsage.IDENTITY || !isMigratable, INVALID_KEYUSAGE);
        check(usage != KeyUsage.AUTHCHANGE, INVALID_KEYUSAGE);
        boolean isOurs =
                key.privatePart().migrationAuth().matches(tpm.permanent().tpmProof());
        check(isMigratable || isOurs, INVALID_KEYUSAGE);
        boolean isParentBound = tpm.parentPcrStatus(parentHandle)
                || parent.pcrsAtRelease().selection().isUsed();
        return tpm.keys().add(key, isParentBound, ANY_HANDLE, tpm.random());
    }
}
