package org.jswtpm.engine.tpm2.command.hierarchy;

import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.HashAlg;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM2_ChangePPS: replaces the platform's seed and proof, takes its policy and those of the PCRs away, and flushes its
 * objects.
 *
 * <p>Part 3, 24.4.
 */
public final class ChangePps implements Command<ChangePps.In, Void> {
    record In() {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In();
    }

    @Override
    public Void execute(In in, TpmState tpm) {
        tpm.hierarchies().changePlatformSeed(tpm.random());
        tpm.objects().flushHierarchy(Handle.PLATFORM);
        tpm.nv().flushHierarchy(Handle.PLATFORM);
        tpm.pcrs().group().setPolicy(HashAlg.NULL, Bytes.EMPTY);
        return null;
    }

    @Override
    public void marshal(Void out, WireWriter response) {
        // no parameters
    }
}
