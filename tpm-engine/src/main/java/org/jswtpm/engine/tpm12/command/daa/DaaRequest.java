package org.jswtpm.engine.tpm12.command.daa;

import org.jswtpm.engine.tpm12.ParameterReader;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.daa.DaaInput;
import org.jswtpm.engine.tpm12.daa.DaaSession;
import org.jswtpm.engine.tpm12.structure.TpmResult;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;

/**
 * What TPM_DAA_Join and TPM_DAA_Sign take.
 *
 * @param handle of the session; of no meaning in stage 0
 * @param stage which part of the protocol
 * @param input the data
 */
record DaaRequest(int handle, int stage, DaaInput input) {
    static DaaRequest unmarshal(ParameterReader in) {
        return new DaaRequest(in.handle(), in.uint8(), new DaaInput(in.sized(), in.sized()));
    }

    /** There is room for a session; else TPM_RESOURCES. */
    static void checkRoom(TpmState tpm) {
        TpmResult.check(tpm.daaSessions().freeCount() > 0, TpmResult.RESOURCES);
    }

    /** Takes a new session; gives its handle as outputData. */
    static Bytes add(DaaSession session, TpmState tpm) {
        session.setHandle(tpm.daaSessions().newHandle(0, tpm.random()));
        tpm.daaSessions().add(session);
        return new WireWriter().uint32(session.handle()).toBytes();
    }

    /** The session, which is at this stage; else TPM_BAD_HANDLE, TPM_DAA_STAGE. */
    DaaSession session(TpmState tpm) {
        DaaSession session = tpm.daaSessions().get(handle);
        session.checkStage(stage);
        return session;
    }
}
