package org.jswtpm.engine.tpm12.differential;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.jswtpm.engine.StateKind;
import org.jswtpm.engine.tpm12.Swtpm12;
import org.jswtpm.engine.tpm12.Tpm12Fixture;
import org.jswtpm.engine.tpm2.TestHost;

/**
 * This TPM and swtpm, on copies of one permanent state, and what happens to both beside commands.
 *
 * @param ours this engine
 * @param swtpm the C program
 */
record Peers(Tpm12Fixture ours, Swtpm12 swtpm) implements AutoCloseable {
    /** Both are on, and await TPM_Startup. */
    static Peers powerOn(TestHost host) throws IOException, InterruptedException {
        Swtpm12 swtpm = Swtpm12.powerOn(host);
        TestHost copy = new TestHost();
        copy.put(StateKind.PERMANENT, swtpm.state(StateKind.PERMANENT));
        return new Peers(Tpm12Fixture.poweredOn(copy), swtpm);
    }

    /** TPM_Init. */
    void powerCycle() {
        try {
            ours.powerOn();
            swtpm.init();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The locality of the next commands. */
    void setLocality(int locality) {
        try {
            ours.setLocality(locality);
            swtpm.setLocality(locality);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** _TPM_Hash_Start, _TPM_Hash_Data and _TPM_Hash_End. */
    void hash(byte[] octets) {
        try {
            ours.hash(octets);
            swtpm.hash(octets);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws Exception {
        swtpm.close();
    }
}
