package org.jswtpm.systemtest.flow;

import org.jswtpm.systemtest.environment.DebianPackage;
import org.jswtpm.systemtest.environment.Needs;
import org.jswtpm.systemtest.process.Swtpm;
import org.junit.jupiter.api.Tag;

/** The families of the tpm2-tools with C swtpm: what we ask of ours holds for the reference. */
@Tag("reference")
@Needs({DebianPackage.TPM2_TOOLS, DebianPackage.OPENSSL, DebianPackage.SWTPM, DebianPackage.SWTPM_TOOLS})
class Tpm2ToolsFlowsReferenceIT extends Tpm2ToolsFlowsContract {
    @Override
    Swtpm program() {
        return Swtpm.reference();
    }
}
