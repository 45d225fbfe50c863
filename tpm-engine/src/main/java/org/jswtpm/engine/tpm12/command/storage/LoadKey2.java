package org.jswtpm.engine.tpm12.command.storage;

import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.ParameterReader;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.structure.TpmKey;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_LoadKey2: loads a key under its parent.
 *
 * <p>Part 3, 10.5. TPM_AUTHFAIL, TPM_INVALID_KEYUSAGE, TPM_BAD_KEY_PROPERTY, TPM_DECRYPT_ERROR, TPM_NOSPACE.
 */
public final class LoadKey2 implements Command<LoadKey2.In, Integer> {
    record In(int parentHandle, TpmKey.Wrapped inKey) {}

    @Override
    public In unmarshal(ParameterReader in) {
        return new In(in.handle(), TpmKey.Wrapped.unmarshal(in.wire()));
    }

    @Override
    public Integer execute(In in, TpmState tpm, Authorizations auth) {
        return KeyLoading.load(in.parentHandle, in.inKey, tpm, auth);
    }

    @Override
    public void marshalUndigested(Integer out, WireWriter response) {
        response.uint32(out);
    }
}
