package org.jswtpm.fuzz;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jswtpm.engine.StateException;
import org.jswtpm.engine.StateKind;
import org.jswtpm.engine.Tpm;
import org.jswtpm.engine.TpmVersion;
import org.jswtpm.engine.Tpms;
import org.jswtpm.engine.tpm2.TestHost;
import org.jswtpm.engine.tpm2.oracle.Tpm2Oracle;

/** A TPM 1.2 under a fuzzer, and what must hold whatever it is told. */
final class Tpm12Runs {
    /** TPM_Startup(ST_CLEAR). */
    private static final byte[] STARTUP = HexFormat.of().parseHex("00c10000000c000000990001");

    /**
     * Commands as a client begins with: capabilities, PCRs, random numbers, sessions, SHA-1, NV, counters, ticks, contexts,
     * public keys, transport.
     */
    private static final String[] COMMANDS = {
        "00c1000000160000006500000005000000040000010a",
        "00c1000000160000006500000006000000040000" + "0103",
        "00c1000000220000001400000010" + "0102030405060708090a0b0c0d0e0f1011121314",
        "00c10000000e0000001500000010",
        "00c10000000e0000004600000020",
        "00c10000000a0000000a",
        "00c1000000240000000b000240000001" + "000102030405060708090a0b0c0d0e0f10111213",
        "00c10000000a000000a0",
        "00c10000004e000000a100000040" + "00".repeat(64),
        "00c10000000e000000a200000000",
        "00c100000016000000cf000000010000000000000010",
        "00c10000000a000000f1",
        "00c10000001e0000007c" + "00".repeat(20),
        "00c10000000e0000002140000000",
        "00c10000000e000000de00000001",
        "00c100000012000000ba0200000000000002",
        "00c10000000a000000db",
    };

    private Tpm12Runs() {}

    /** The commands, in one input. */
    static List<byte[]> seeds() {
        List<byte[]> commands = new ArrayList<>();
        for (String command : COMMANDS) {
            commands.add(HexFormat.of().parseHex(command));
        }
        return List.of(CommandScript.ofCommands(commands));
    }

    /** The state of a TPM with an owner, without a header. */
    static byte[] ownedState() {
        try (InputStream in = Tpm12Runs.class.getResourceAsStream("/org/jswtpm/engine/tpm12/owned.permall")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a TPM on {@code state} and runs a script on it. Whatever was committed must start again. */
    static void run(byte[] state, CommandScript script) throws StateException {
        TestHost host = new TestHost();
        host.put(StateKind.PERMANENT, state);
        try (Tpm tpm = Tpms.create(TpmVersion.TPM_1_2, host)) {
            tpm.powerOn();
            Tpm2Oracle.check(tpm.execute(STARTUP, 0));
            for (CommandScript.Step step : script.steps()) {
                Tpm2Oracle.check(tpm.execute(step.command(), step.locality()));
            }
        }
        host.delete(StateKind.VOLATILE);
        try (Tpm again = Tpms.create(TpmVersion.TPM_1_2, host)) {
            again.powerOn();
        } catch (StateException e) {
            throw new IllegalStateException("what was committed does not start again", e);
        }
    }
}
