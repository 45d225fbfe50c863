package org.jswtpm.engine.tpm2.command.hash;

import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.object.SequenceObject;
import org.jswtpm.engine.tpm2.structure.AlgId;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmLimits;
import org.jswtpm.engine.tpm2.structure.TpmiAlg;
import org.jswtpm.engine.wire.Secret;

/**
 * TPM2_MAC_Start, which is TPM2_HMAC_Start for more than HMAC and has its code: begins a MAC of many buffers.
 *
 * <p>Part 3, 17.3. The faults are those of {@link MacAlgorithm#select}, then OBJECT_MEMORY.
 */
public final class MacStart implements Command<MacStart.In, Handle> {
    private static final int HANDLE = 1;
    private static final int AUTH = 1;
    private static final int IN_SCHEME = 2;

    record In(Handle handle, Secret auth, AlgId inScheme) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(
                handles.get(HANDLE),
                in.at(AUTH).secret2(TpmLimits.MAX_DIGEST_SIZE),
                TpmiAlg.macScheme(in.at(IN_SCHEME), in.algorithms(), true));
    }

    @Override
    public Handle execute(In in, TpmState tpm) {
        MacAlgorithm mac = MacAlgorithm.select(in.handle, in.inScheme, IN_SCHEME, tpm);
        tpm.objects().checkFree();
        return tpm.objects().add(SequenceObject.begin(in.auth, mac.begin()));
    }

    @Override
    public Handle responseHandle(Handle sequenceHandle) {
        return sequenceHandle;
    }
}
