package org.jswtpm.systemtest;

import org.jswtpm.systemtest.process.Swtpm;

/** The character devices of the program under test. */
class CharacterDeviceIT extends CharacterDeviceContract {
    @Override
    Swtpm program() {
        return Swtpm.underTest();
    }
}
