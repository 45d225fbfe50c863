package org.jswtpm.engine.tpm2.command.hierarchy;

import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM2_ChangeEPS: replaces the endorsement seed and proof, takes the authorizations of the hierarchy away, and flushes
 * its objects.
 *
 * <p>Part 3, 24.5.
 */
public final class ChangeEps implements Command<ChangeEps.In, Void> {
    record In() {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In();
    }

    @Override
    public Void execute(In in, TpmState tpm) {
        tpm.hierarchies().changeEndorsementSeed(tpm.random());
        tpm.objects().flushHierarchy(Handle.ENDORSEMENT);
        tpm.nv().flushHierarchy(Handle.ENDORSEMENT);
        return null;
    }

    @Override
    public void marshal(Void out, WireWriter response) {
        // no parameters
    }
}
