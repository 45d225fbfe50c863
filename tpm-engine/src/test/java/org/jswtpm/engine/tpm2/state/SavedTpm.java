package org.jswtpm.engine.tpm2.state;

import java.io.IOException;
import org.jswtpm.engine.StateException;
import org.jswtpm.engine.StateKind;
import org.jswtpm.engine.tpm2.Swtpm;
import org.jswtpm.engine.tpm2.TestHost;
import org.jswtpm.engine.tpm2.Tpm2Fixture;

/** Both states of a running TPM, as a migration takes them. */
record SavedTpm(byte[] permanentState, byte[] volatileState) {
    static SavedTpm of(Tpm2Fixture tpm) {
        try {
            return new SavedTpm(
                    tpm.tpm().state(StateKind.PERMANENT).orElseThrow(),
                    tpm.tpm().state(StateKind.VOLATILE).orElseThrow());
        } catch (StateException e) {
            throw new AssertionError(e);
        }
    }

    static SavedTpm of(Swtpm tpm) throws IOException {
        byte[] volatileState = tpm.volatileState();
        return new SavedTpm(tpm.permanentState(), volatileState);
    }

    Tpm2Fixture resumeHere() {
        return resumeOn(new TestHost());
    }

    Tpm2Fixture resumeOn(TestHost host) {
        host.put(StateKind.PERMANENT, permanentState);
        host.put(StateKind.VOLATILE, volatileState);
        return Tpm2Fixture.poweredOn(host);
    }

    Swtpm resumeInSwtpm() throws IOException, InterruptedException {
        return Swtpm.resume(permanentState, volatileState);
    }
}
