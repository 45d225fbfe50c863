package org.jswtpm.engine.tpm12.command.testing;

import static org.jswtpm.engine.tpm12.structure.TpmResult.FAILEDSELFTEST;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.TpmState;

/**
 * TPM_SelfTestFull: tests everything.
 *
 * <p>Part 3, 4.1. TPM_FAILEDSELFTEST if something does not work.
 */
public final class SelfTestFull implements Command<Void, Void> {
    @Override
    public Void execute(Void in, TpmState tpm, Authorizations auth) {
        tpm.selfTest().testAll(tpm.permanent().endorsementKey(), tpm.random());
        check(!tpm.selfTest().isFailed(), FAILEDSELFTEST);
        return null;
    }
}
