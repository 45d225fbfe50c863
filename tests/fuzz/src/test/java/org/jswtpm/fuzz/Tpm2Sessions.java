package org.jswtpm.fuzz;

import org.jswtpm.engine.StateException;
import org.jswtpm.engine.StateKind;
import org.jswtpm.engine.Tpm;
import org.jswtpm.engine.TpmVersion;
import org.jswtpm.engine.Tpms;

/** A TPM 2.0 under a fuzzer, and what must hold whatever it is told. */
final class Tpm2Sessions {
    private static final byte[] STARTUP_CLEAR = {(byte) 0x80, 1, 0, 0, 0, 12, 0, 0, 1, 0x44, 0, 0};
    private static final byte[] GET_RANDOM = {(byte) 0x80, 1, 0, 0, 0, 12, 0, 0, 1, 0x7b, 0, 4};
    private static final int RC_FAILURE = 0x101;
    private static final int HEADER = 10;

    private Tpm2Sessions() {}

    /** The state of a new TPM. */
    static byte[] newState() {
        MemoryHost host = new MemoryHost();
        try (Tpm tpm = Tpms.create(TpmVersion.TPM_2_0, host)) {
            tpm.powerOn();
            return host.load(StateKind.PERMANENT).orElseThrow();
        } catch (StateException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Starts a TPM on {@code state} and runs a script on it. Whatever was committed must start again.
     *
     * @throws StateException if the state is refused, as any state may be that no TPM has written
     */
    static void run(byte[] state, CommandScript script) throws StateException {
        MemoryHost host = new MemoryHost();
        host.put(StateKind.PERMANENT, state);
        try (Tpm tpm = Tpms.create(TpmVersion.TPM_2_0, host)) {
            tpm.powerOn();
            send(tpm, STARTUP_CLEAR, 0);
            for (CommandScript.Step step : script.steps()) {
                send(tpm, step.command(), step.locality());
            }
        }
        try (Tpm again = Tpms.create(TpmVersion.TPM_2_0, host)) {
            again.powerOn();
            send(again, STARTUP_CLEAR, 0);
        } catch (StateException e) {
            throw new IllegalStateException("what was committed does not start again", e);
        }
    }

    /**
     * Resumes a TPM and runs a script on it.
     *
     * @throws StateException if the state is refused
     */
    static void resume(byte[] permanent, byte[] running, CommandScript script) throws StateException {
        MemoryHost host = new MemoryHost();
        host.put(StateKind.PERMANENT, permanent);
        host.put(StateKind.VOLATILE, running);
        try (Tpm tpm = Tpms.create(TpmVersion.TPM_2_0, host)) {
            tpm.powerOn();
            for (CommandScript.Step step : script.steps()) {
                check(tpm.execute(step.command(), step.locality()));
            }
            tpm.state(StateKind.VOLATILE);
        }
    }

    private static void send(Tpm tpm, byte[] command, int locality) {
        byte[] response = tpm.execute(command, locality);
        check(response);
        // some faults of a caller are answered so, too: only in failure mode everything is
        if (int32(response, 6) == RC_FAILURE && int32(tpm.execute(GET_RANDOM, 0), 6) == RC_FAILURE) {
            throw new IllegalStateException("failure mode");
        }
    }

    /** A response must be as long as it says. */
    static void check(byte[] response) {
        if (response.length < HEADER || int32(response, 2) != response.length) {
            throw new IllegalStateException("a response of " + response.length + " octets");
        }
    }

    private static int int32(byte[] octets, int at) {
        return octets[at] << 24 | (octets[at + 1] & 0xff) << 16 | (octets[at + 2] & 0xff) << 8 | octets[at + 3] & 0xff;
    }
}
