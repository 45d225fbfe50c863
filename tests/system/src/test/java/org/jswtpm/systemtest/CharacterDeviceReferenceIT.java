package org.jswtpm.systemtest;

import static org.jswtpm.systemtest.environment.DebianPackage.SWTPM;

import org.jswtpm.systemtest.environment.Needs;
import org.jswtpm.systemtest.process.Swtpm;

/** The same of Debian's swtpm. */
@Needs(SWTPM)
class CharacterDeviceReferenceIT extends CharacterDeviceContract {
    @Override
    Swtpm program() {
        return Swtpm.reference();
    }
}
