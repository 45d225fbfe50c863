package org.jswtpm.systemtest;

import org.jswtpm.systemtest.process.Swtpm;

/** The tpm2-tools with the program under test. */
class Tpm2ToolsIT extends Tpm2ToolsContract {
    @Override
    Swtpm program() {
        return Swtpm.underTest();
    }
}
