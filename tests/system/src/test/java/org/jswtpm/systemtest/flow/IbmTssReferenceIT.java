package org.jswtpm.systemtest.flow;

import org.jswtpm.systemtest.environment.DebianPackage;
import org.jswtpm.systemtest.environment.Needs;
import org.jswtpm.systemtest.process.Swtpm;
import org.junit.jupiter.api.Tag;

/** The utilities of the IBM TSS with C swtpm: what we ask of ours holds for the reference. */
@Tag("reference")
@Needs({DebianPackage.TSS2, DebianPackage.OPENSSL, DebianPackage.SWTPM, DebianPackage.SWTPM_TOOLS})
class IbmTssReferenceIT extends IbmTssContract {
    @Override
    Swtpm program() {
        return Swtpm.reference();
    }
}
