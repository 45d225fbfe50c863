package org.jswtpm.systemtest;

import org.jswtpm.systemtest.environment.DebianPackage;
import org.jswtpm.systemtest.environment.Needs;
import org.jswtpm.systemtest.process.Swtpm;
import org.junit.jupiter.api.Tag;

/** The tpm2-tools with C swtpm: what we ask of ours holds for the reference. */
@Tag("reference")
@Needs({DebianPackage.TPM2_TOOLS, DebianPackage.SWTPM})
class Tpm2ToolsReferenceIT extends Tpm2ToolsContract {
    @Override
    Swtpm program() {
        return Swtpm.reference();
    }
}
