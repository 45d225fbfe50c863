package org.jswtpm.engine.tpm12;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.jswtpm.engine.StateKind;
import org.jswtpm.engine.tpm2.TestHost;

/** This TPM 1.2 and swtpm, both new and started. Entropy differs, so what is random does too. */
public final class Tpm12Pair implements AutoCloseable {
    private final Tpm12Fixture ours;
    private final Swtpm12 swtpm;

    Tpm12Pair(Tpm12Fixture ours, Swtpm12 swtpm) {
        this.ours = ours;
        this.swtpm = swtpm;
    }

    /** This TPM. */
    public Tpm12Fixture ours() {
        return ours;
    }

    /** The C program. */
    public Swtpm12 swtpm() {
        return swtpm;
    }

    /** Sends the same octets to both; only for requests without authorization. */
    public Answers send(Request request) {
        return send(request.toArray());
    }

    /** Sends the same octets to both. */
    public Answers send(byte[] octets) {
        return new Answers(new Reply(ours.exchange(octets)), new Reply(swtpm.exchange(octets)));
    }

    /** The locality of the next commands. */
    public void setLocality(int locality) {
        try {
            ours.setLocality(locality);
            swtpm.setLocality(locality);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** TSC_PhysicalPresence in both: by command, and somebody is there. */
    public void setPresence() {
        send(Request.of(Ordinal.TSC_PHYSICAL_PRESENCE).u16(0x20)).isIdentical();
        send(Request.of(Ordinal.TSC_PHYSICAL_PRESENCE).u16(0x08)).isIdentical();
    }

    /** Another TPM of ours, on a copy of the state that swtpm has written last, after TPM_Init. */
    public Tpm12Fixture oursOnStateOfSwtpm() {
        TestHost host = new TestHost();
        try {
            host.put(StateKind.PERMANENT, swtpm.state(StateKind.PERMANENT));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Tpm12Fixture.poweredOn(host);
    }

    @Override
    public void close() throws Exception {
        swtpm.close();
    }

    /**
     * What both have answered.
     *
     * @param ours of this TPM
     * @param swtpm of the C program
     */
    public record Answers(Reply ours, Reply swtpm) {
        /** Expects equal octets. */
        public Answers isIdentical() {
            assertEquals(swtpm.octets(), ours.octets());
            return this;
        }

        /** Expects equal results. */
        public Answers hasSameCode() {
            assertEquals(swtpm.code(), ours.code());
            return this;
        }
    }
}
