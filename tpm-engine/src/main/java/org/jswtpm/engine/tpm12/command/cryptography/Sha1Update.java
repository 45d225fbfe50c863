package org.jswtpm.engine.tpm12.command.cryptography;

import static org.jswtpm.engine.tpm12.structure.TpmResult.SHA_ERROR;
import static org.jswtpm.engine.tpm12.structure.TpmResult.SHA_THREAD;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.ParameterReader;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.wire.Bytes;

/**
 * TPM_SHA1Update: adds whole blocks.
 *
 * <p>Part 3, 13.2. TPM_SHA_THREAD; TPM_SHA_ERROR, which ends the thread.
 */
public final class Sha1Update implements Command<Sha1Update.In, Void> {
    private static final int BLOCK_SIZE = 64;

    record In(Bytes hashData) {}

    @Override
    public In unmarshal(ParameterReader in) {
        return new In(in.sized());
    }

    @Override
    public Void execute(In in, TpmState tpm, Authorizations auth) {
        check(tpm.sha1Thread().isRunning(), SHA_THREAD);
        int size = in.hashData.size();
        if (size % BLOCK_SIZE != 0 || size > tpm.bufferSize() - Sha1Start.COMMAND_HEAD_SIZE) {
            tpm.sha1Thread().cancel();
            throw SHA_ERROR.exception();
        }
        tpm.sha1Thread().update(in.hashData.toArray());
        return null;
    }
}
