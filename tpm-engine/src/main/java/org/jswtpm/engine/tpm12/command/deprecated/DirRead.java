package org.jswtpm.engine.tpm12.command.deprecated;

import static org.jswtpm.engine.tpm12.structure.TpmResult.BADINDEX;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.ParameterReader;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_DirRead: the data integrity register.
 *
 * <p>Part 3, 28.4. TPM_BADINDEX: there is one.
 */
public final class DirRead implements Command<DirRead.In, Bytes> {
    record In(int dirIndex) {}

    @Override
    public In unmarshal(ParameterReader in) {
        return new In(in.uint32());
    }

    @Override
    public Bytes execute(In in, TpmState tpm, Authorizations auth) {
        check(in.dirIndex == 0, BADINDEX);
        return tpm.permanent().authDir();
    }

    @Override
    public void marshal(Bytes out, WireWriter response) {
        response.bytes(out);
    }
}
