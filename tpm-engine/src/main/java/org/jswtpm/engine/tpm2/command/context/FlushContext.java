package org.jswtpm.engine.tpm2.command.context;

import static org.jswtpm.engine.tpm2.structure.TpmRc.HANDLE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.session.SessionSlots;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmiHandle;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM2_FlushContext: removes an object or a session, the latter also if it is saved.
 *
 * <p>Part 3, 28.4. Answers HANDLE at parameter 1 if there is none.
 */
public final class FlushContext implements Command<FlushContext.In, Void> {
    private static final int FLUSH_HANDLE = 1;

    record In(Handle flushHandle) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(TpmiHandle.context(in.at(FLUSH_HANDLE)));
    }

    @Override
    public Void execute(In in, TpmState tpm) {
        if (in.flushHandle.type() == Handle.TYPE_TRANSIENT) {
            check(tpm.objects().isPresent(in.flushHandle), HANDLE.parameter(FLUSH_HANDLE));
            tpm.objects().flush(in.flushHandle);
            return null;
        }
        SessionSlots sessions = tpm.sessions();
        check(sessions.isLoaded(in.flushHandle) || sessions.isSaved(in.flushHandle), HANDLE.parameter(FLUSH_HANDLE));
        if (in.flushHandle.equals(sessions.exclusiveAudit())) {
            sessions.setExclusiveAudit(Handle.UNASSIGNED);
        }
        sessions.flush(in.flushHandle);
        return null;
    }

    @Override
    public void marshal(Void out, WireWriter response) {
        // no parameters
    }
}
