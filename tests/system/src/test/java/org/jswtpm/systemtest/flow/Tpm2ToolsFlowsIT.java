package org.jswtpm.systemtest.flow;

import org.jswtpm.systemtest.environment.DebianPackage;
import org.jswtpm.systemtest.environment.Needs;
import org.jswtpm.systemtest.process.Swtpm;

/** The families of the tpm2-tools with the program under test. */
@Needs({DebianPackage.TPM2_TOOLS, DebianPackage.OPENSSL})
class Tpm2ToolsFlowsIT extends Tpm2ToolsFlowsContract {
    @Override
    Swtpm program() {
        return Swtpm.underTest();
    }
}
