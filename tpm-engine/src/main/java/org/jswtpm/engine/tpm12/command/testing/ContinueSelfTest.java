package org.jswtpm.engine.tpm12.command.testing;

import static org.jswtpm.engine.tpm12.structure.TpmResult.FAILEDSELFTEST;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.flags.PermanentFlag;

/**
 * TPM_ContinueSelfTest: tests what is not tested yet, which is nothing; with FIPS or TPMpost everything.
 *
 * <p>Part 3, 4.2. TPM_FAILEDSELFTEST if something does not work.
 */
public final class ContinueSelfTest implements Command<Void, Void> {
    @Override
    public Void execute(Void in, TpmState tpm, Authorizations auth) {
        boolean isFull = tpm.permanentFlags().is(PermanentFlag.FIPS)
                || tpm.permanentFlags().is(PermanentFlag.TPM_POST);
        if (isFull) {
            tpm.selfTest().testAll(tpm.permanent().endorsementKey(), tpm.random());
            check(!tpm.selfTest().isFailed(), FAILEDSELFTEST);
        } else {
            tpm.selfTest().complete();
        }
        return null;
    }
}
