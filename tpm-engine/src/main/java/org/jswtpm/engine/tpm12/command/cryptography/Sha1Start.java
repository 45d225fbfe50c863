package org.jswtpm.engine.tpm12.command.cryptography;

import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_SHA1Start: begins a SHA-1; gives how many octets TPM_SHA1Update takes at once.
 *
 * <p>Part 3, 13.1.
 */
public final class Sha1Start implements Command<Void, Integer> {
    /** What libtpms leaves for all that is not data. */
    static final int COMMAND_HEAD_SIZE = 64;

    @Override
    public Integer execute(Void in, TpmState tpm, Authorizations auth) {
        tpm.setSha1TransportHandle(tpm.transports().running());
        tpm.sha1Thread().start();
        return tpm.bufferSize() - COMMAND_HEAD_SIZE;
    }

    @Override
    public void marshal(Integer out, WireWriter response) {
        response.uint32(out);
    }
}
