package org.jswtpm.fuzz;

import java.util.HexFormat;
import org.jswtpm.engine.StateException;
import org.jswtpm.engine.StateKind;
import org.jswtpm.engine.Tpm;
import org.jswtpm.engine.TpmVersion;
import org.jswtpm.engine.Tpms;
import org.jswtpm.engine.tpm2.TestHost;
import org.jswtpm.engine.tpm2.oracle.Tpm2Oracle;

/** A TPM 2.0 under a fuzzer of commands. */
final class Tpm2Sessions {
    /** TPM2_Startup(CLEAR). */
    private static final byte[] STARTUP_CLEAR = HexFormat.of().parseHex("80010000000c000001440000");

    private Tpm2Sessions() {}

    /** The state of a new TPM. */
    static byte[] newState() {
        TestHost host = new TestHost();
        try (Tpm tpm = Tpms.create(TpmVersion.TPM_2_0, host)) {
            tpm.powerOn();
            return host.load(StateKind.PERMANENT).orElseThrow();
        } catch (StateException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Starts a TPM on {@code state} and runs a script on it. Whatever was committed must start again. */
    static void run(byte[] state, CommandScript script) throws StateException {
        TestHost host = new TestHost();
        host.put(StateKind.PERMANENT, state);
        try (Tpm tpm = Tpms.create(TpmVersion.TPM_2_0, host)) {
            tpm.powerOn();
            Tpm2Oracle.exchange(tpm, STARTUP_CLEAR, 0);
            for (CommandScript.Step step : script.steps()) {
                Tpm2Oracle.exchange(tpm, step.command(), step.locality());
            }
        }
        try (Tpm again = Tpms.create(TpmVersion.TPM_2_0, host)) {
            again.powerOn();
            Tpm2Oracle.exchange(again, STARTUP_CLEAR, 0);
        } catch (StateException e) {
            throw new IllegalStateException("what was committed does not start again", e);
        }
    }
}
