package org.jswtpm.engine.tpm2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.jswtpm.engine.StateKind;
import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.wire.Bytes;

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

    /** Sends it with its parameters cut off at each octet, and with one too many, to which both answer the same fault. */
    public void refuseOtherLengths(TestCommand command) {
        for (int size = 0; size < command.parameterSize(); size++) {
            refuse(command.cutOff(size));
        }
        refuse(command.parameters("00"));
    }

    /** Sends the same octets to both, which take them. */
    public Answers succeed(TestCommand command) {
        Answers answers = send(command).hasSameCode();
        answers.ours().isSuccess();
        return answers;
    }

    /** Sends the same octets to both, which make something of the same handle. */
    public Handle make(TestCommand command) {
        Answers answers = succeed(command);
        assertEquals(answers.swtpm().handle(), answers.ours().handle());
        return answers.ours().handle();
    }

    /** Sends the same octets to both, which answer the same fault. */
    public void refuse(TestCommand command) {
        assertNotEquals(TpmRc.SUCCESS, send(command).isIdentical().ours().code(), "both take it");
    }

    /** The same swtpm, and ours as {@link #oursOnStateOfSwtpm}: for answers that follow from seeds. */
    public TpmPair onStateOfSwtpm() {
        return new TpmPair(oursOnStateOfSwtpm(), swtpm);
    }

    /**
     * Another TPM of ours, on a copy of the state that swtpm has written last, after TPM2_Startup(CLEAR): with the seeds,
     * proofs, persistent objects and NV Indices of swtpm.
     */
    public Tpm2Fixture oursOnStateOfSwtpm() {
        TestHost host = new TestHost();
        try {
            host.put(StateKind.PERMANENT, swtpm.permanentState());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Tpm2Fixture fixture = Tpm2Fixture.poweredOn(host);
        fixture.send(TestCommand.of(CommandCode.STARTUP).parameters("0000")).isSuccess();
        return fixture;
    }

    /** Starts a session in both, which get the same handle; see {@link TpmClient#startSession}. */
    public Handle startSession(int type, Digest hash) {
        Handle handle =
                ours.startSession(type, hash, Handle.NULL, Bytes.EMPTY, 0).handle();
        assertEquals(swtpm.startSession(type, hash, Handle.NULL, Bytes.EMPTY, 0).handle(), handle);
        return handle;
    }

    /** Starts a policy session of SHA-256 in both. It has no key, so where its policy asks for no auth value its HMAC is empty. */
    public ClientSession startPolicySession() {
        return ClientSession.started(startSession(1, Digest.SHA256), Digest.SHA256, 0, Bytes.zeros(16), Bytes.EMPTY)
                .plainPassword();
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
