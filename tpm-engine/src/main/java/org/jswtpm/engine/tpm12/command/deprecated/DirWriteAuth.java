package org.jswtpm.engine.tpm12.command.deprecated;

import static org.jswtpm.engine.tpm12.structure.TpmResult.BADINDEX;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.ParameterReader;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.wire.Bytes;

/**
 * TPM_DirWriteAuth: the owner writes the data integrity register.
 *
 * <p>Part 3, 28.3. TPM_AUTHFAIL, TPM_BADINDEX: there is one.
 */
public final class DirWriteAuth implements Command<DirWriteAuth.In, Void> {
    record In(int dirIndex, Bytes newContents) {}

    @Override
    public In unmarshal(ParameterReader in) {
        return new In(in.uint32(), in.digest());
    }

    @Override
    public Void execute(In in, TpmState tpm, Authorizations auth) {
        auth.first().byOwner();
        check(in.dirIndex == 0, BADINDEX);
        tpm.permanent().setAuthDir(in.newContents);
        tpm.nvChanged();
        return null;
    }
}
