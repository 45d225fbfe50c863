package org.jswtpm.engine.tpm12.command.cryptography;

import static org.jswtpm.engine.tpm12.structure.TpmResult.SHA_ERROR;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.ParameterReader;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.hash.Sha1Thread;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_SHA1Complete: adds the last octets and gives the digest.
 *
 * <p>Part 3, 13.3. TPM_SHA_ERROR if they are more than a block, TPM_SHA_THREAD; both end the thread.
 */
public final class Sha1Complete implements Command<Sha1Complete.In, Bytes> {
    private static final int MAX_SIZE = 64;

    record In(Bytes hashData) {}

    @Override
    public In unmarshal(ParameterReader in) {
        return new In(in.sized());
    }

    @Override
    public Bytes execute(In in, TpmState tpm, Authorizations auth) {
        return complete(tpm.sha1Thread(), in.hashData);
    }

    @Override
    public void marshal(Bytes out, WireWriter response) {
        response.bytes(out);
    }

    static Bytes complete(Sha1Thread thread, Bytes hashData) {
        try {
            check(hashData.size() <= MAX_SIZE, SHA_ERROR);
            thread.update(hashData.toArray());
            return Bytes.wrap(thread.complete());
        } finally {
            thread.cancel();
        }
    }
}
