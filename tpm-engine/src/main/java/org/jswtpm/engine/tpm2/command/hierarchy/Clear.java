package org.jswtpm.engine.tpm2.command.hierarchy;

import static org.jswtpm.engine.tpm2.structure.TpmRc.DISABLED;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM2_Clear: removes all that belongs to the owner: seed, proofs, authorizations, objects, NV Indices, and what the
 * dictionary attack logic and the clock have counted.
 *
 * <p>Part 3, 24.6. Answers DISABLED after TPM2_ClearControl has said so.
 */
public final class Clear implements Command<Clear.In, Void> {
    record In() {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In();
    }

    @Override
    public Void execute(In in, TpmState tpm) {
        check(!tpm.hierarchies().isClearDisabled(), DISABLED);
        tpm.hierarchies().clear(tpm.random());
        tpm.objects().flushHierarchy(Handle.OWNER);
        tpm.objects().flushHierarchy(Handle.ENDORSEMENT);
        tpm.nv().flushHierarchy(Handle.OWNER);
        tpm.nv().flushHierarchy(Handle.ENDORSEMENT);
        tpm.lockout().manufacture();
        tpm.clock().clear();
        tpm.boot().setResetCount(0);
        tpm.boot().setRestartCount(0);
        tpm.boot().setClearCount(0);
        tpm.audit().resetCounter();
        tpm.pcrs().group().clearAuth();
        tpm.pcrs().setUpdateCounter(tpm.pcrs().updateCounter() + 1);
        return null;
    }

    @Override
    public void marshal(Void out, WireWriter response) {
        // no parameters
    }
}
