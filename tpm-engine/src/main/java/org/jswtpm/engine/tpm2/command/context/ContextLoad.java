package org.jswtpm.engine.tpm2.command.context;

import static org.jswtpm.engine.tpm2.structure.TpmRc.HANDLE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.HIERARCHY;
import static org.jswtpm.engine.tpm2.structure.TpmRc.INTEGRITY;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import java.util.Arrays;
import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.context.SessionContext;
import org.jswtpm.engine.tpm2.session.Session;
import org.jswtpm.engine.tpm2.state.ObjectContext;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmsContext;

/**
 * TPM2_ContextLoad: takes a saved object or session back.
 *
 * <p>Part 3, 28.3.
 */
public final class ContextLoad implements Command<TpmsContext, Handle> {
    private static final int CONTEXT = 1;

    @Override
    public TpmsContext unmarshal(Handles handles, ParameterReader in) {
        return TpmsContext.unmarshal(in.at(CONTEXT));
    }

    @Override
    public Handle execute(TpmsContext in, TpmState tpm) {
        byte[] contents = tpm.contextSeal(in.hierarchy()).open(in);
        try {
            return in.savedHandle().type() == Handle.TYPE_TRANSIENT
                    ? loadObject(in, contents, tpm)
                    : loadSession(in, contents, tpm);
        } finally {
            Arrays.fill(contents, (byte) 0);
        }
    }

    private static Handle loadObject(TpmsContext in, byte[] contents, TpmState tpm) {
        check(tpm.hierarchies().isEnabled(in.hierarchy()), HIERARCHY.parameter(CONTEXT));
        tpm.objects().checkFree();
        return tpm.objects().add(ObjectContext.read(contents));
    }

    private static Handle loadSession(TpmsContext in, byte[] contents, TpmState tpm) {
        check(tpm.sessions().isValidContext(in.savedHandle(), in.sequence()), HANDLE.parameter(CONTEXT));
        tpm.sessions().checkRoomToLoad(in.savedHandle());
        Session session = SessionContext.read(contents);
        check(session.isPolicy() == (in.savedHandle().type() == Handle.TYPE_POLICY_SESSION), INTEGRITY);
        tpm.sessions().load(in.savedHandle(), session);
        tpm.clearOrderly();
        return in.savedHandle();
    }

    @Override
    public Handle responseHandle(Handle out) {
        return out;
    }
}
