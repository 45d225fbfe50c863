package org.jswtpm.engine.tpm12.command.deprecated;

import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.ParameterReader;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.command.storage.KeyLoading;
import org.jswtpm.engine.tpm12.structure.TpmKey;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_LoadKey: loads a key; its handle counts in the digest of the response.
 *
 * <p>Part 3, 28.21. The answers of TPM_LoadKey2.
 */
public final class LoadKey implements Command<LoadKey.In, Integer> {
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
    public void marshal(Integer out, WireWriter response) {
        response.uint32(out);
    }
}
