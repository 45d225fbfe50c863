package org.jswtpm.engine.tpm2;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** This TPM and swtpm, both new and started. Entropy differs, so what is random does too. */
public final class TpmPair implements AutoCloseable {
    private final Tpm2Fixture ours;
    private final Swtpm swtpm;

    TpmPair(Tpm2Fixture ours, Swtpm swtpm) {
        this.ours = ours;
        this.swtpm = swtpm;
    }

    /** This TPM. */
    public Tpm2Fixture ours() {
        return ours;
    }

    /** The C program. */
    public Swtpm swtpm() {
        return swtpm;
    }

    /** Sends the same octets to both; only for commands whose sessions are passwords. */
    public Answers send(TestCommand command) {
        return send(command, command.toArray());
    }

    /** Sends the same octets to both. */
    public Answers send(TestCommand like, byte[] octets) {
        return new Answers(ours.send(like, octets), swtpm.send(like, octets));
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
    public record Answers(Answer ours, Answer swtpm) {
        /** Expects equal octets. */
        public Answers isIdentical() {
            assertEquals(swtpm.octets(), ours.octets());
            return this;
        }

        /** Expects equal response codes. */
        public Answers hasSameCode() {
            ours.hasCode(swtpm.code());
            return this;
        }
    }
}
