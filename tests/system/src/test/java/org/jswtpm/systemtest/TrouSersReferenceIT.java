package org.jswtpm.systemtest;

import org.jswtpm.systemtest.environment.DebianPackage;
import org.jswtpm.systemtest.environment.Needs;
import org.jswtpm.systemtest.process.Swtpm;
import org.junit.jupiter.api.Tag;

/** TrouSerS with C swtpm: what we ask of ours holds for the reference. */
@Tag("reference")
@Needs({DebianPackage.TROUSERS, DebianPackage.TPM_TOOLS, DebianPackage.SWTPM, DebianPackage.SWTPM_TOOLS})
class TrouSersReferenceIT extends TrouSersContract {
    @Override
    Swtpm program() {
        return Swtpm.reference();
    }
}
