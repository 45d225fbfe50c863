package org.jswtpm.systemtest.flow;

import org.jswtpm.systemtest.environment.DebianPackage;
import org.jswtpm.systemtest.environment.Needs;
import org.jswtpm.systemtest.process.Swtpm;

/** The utilities of the IBM TSS with the program under test. */
@Needs({DebianPackage.TSS2, DebianPackage.OPENSSL})
class IbmTssIT extends IbmTssContract {
    @Override
    Swtpm program() {
        return Swtpm.underTest();
    }
}
