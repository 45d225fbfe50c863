package org.jswtpm.systemtest;

import org.jswtpm.systemtest.process.Swtpm;

/** TrouSerS with the program under test. */
class TrouSersIT extends TrouSersContract {
    @Override
    Swtpm program() {
        return Swtpm.underTest();
    }
}
