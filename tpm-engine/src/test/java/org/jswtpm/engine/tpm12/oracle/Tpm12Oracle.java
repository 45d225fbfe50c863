package org.jswtpm.engine.tpm12.oracle;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.jswtpm.engine.StateException;
import org.jswtpm.engine.StateKind;
import org.jswtpm.engine.Tpm;
import org.jswtpm.engine.tpm2.oracle.Tpm2Oracle;

/**
 * Uses what a TPM 1.2 has: commands that were recorded on the unchanged state, so that they are authorized as long as nothing has
 * changed that counts for it, and others that need no authorization. Any answer will do that is none of failure mode.
 */
public final class Tpm12Oracle {
    private static final int HEADER = 10;
    private static final int FAIL = 9;
    private static final int FAILED_SELF_TEST = 28;

    private static final byte[] GET_TEST_RESULT = hex("00c1 0000000a 00000054");
    private static final byte[] GET_RANDOM = hex("00c1 0000000e 00000046 00000004");
    private static final byte[] STARTUP_CLEAR = hex("00c1 0000000c 00000099 0001");
    private static final byte[] STARTUP_STATE = hex("00c1 0000000c 00000099 0002");
    private static final byte[] SAVE_STATE = hex("00c1 0000000a 00000098");

    private Tpm12Oracle() {}

    /** Whether the TPM has failed, as one may have from the start: a volatile state can say so. */
    public static boolean isFailed(Tpm tpm) {
        return code(tpm.execute(GET_RANDOM, 0)) == FAILED_SELF_TEST;
    }

    /** Plays {@code script}, and what needs no authorization; then the TPM moves, sleeps and loses its power. */
    public static void examine(Tpm tpm, List<byte[]> script) throws StateException {
        for (byte[] command : script) {
            exchange(tpm, command, 0);
        }
        for (byte[] command : PlainCalls.ALL) {
            exchange(tpm, command, 0);
        }
        move(tpm);
        if (code(exchange(tpm, SAVE_STATE, 0)) == 0) {
            restart(tpm, STARTUP_STATE);
        }
        restart(tpm, STARTUP_CLEAR);
    }

    /**
     * The same for a TPM that has slept. It reads its saved state only when TPM_Startup(ST_STATE) asks for it, so that a refused one
     * leads to failure mode, which the next power cycle ends.
     */
    public static void examineSleeper(Tpm tpm, List<byte[]> script) throws StateException {
        if (code(tpm.execute(STARTUP_STATE, 0)) == 0) {
            examine(tpm, script);
        } else {
            restart(tpm, STARTUP_CLEAR);
            exchange(tpm, GET_RANDOM, 0);
        }
    }

    /** Sends a command; failure mode, or an answer that is none, is an error. */
    public static byte[] exchange(Tpm tpm, byte[] command, int locality) {
        byte[] response = tpm.execute(command, locality);
        Tpm2Oracle.check(response);
        if (code(response) == FAIL || code(response) == FAILED_SELF_TEST) {
            throw new IllegalStateException("failure mode at " + HexFormat.of().formatHex(command, 6, HEADER) + ": "
                    + HexFormat.of().formatHex(tpm.execute(GET_TEST_RESULT, 0)));
        }
        return response;
    }

    private static void move(Tpm tpm) throws StateException {
        byte[] permanent = tpm.state(StateKind.PERMANENT).orElseThrow();
        byte[] running = tpm.state(StateKind.VOLATILE).orElseThrow();
        tpm.powerOff();
        try {
            tpm.setState(StateKind.PERMANENT, permanent);
            tpm.setState(StateKind.VOLATILE, running);
            tpm.powerOn();
        } catch (StateException e) {
            throw new IllegalStateException("a TPM does not go on from its own state", e);
        }
        exchange(tpm, GET_RANDOM, 0);
    }

    private static void restart(Tpm tpm, byte[] startup) {
        try {
            tpm.powerOff();
            tpm.setState(StateKind.VOLATILE, new byte[0]);
            tpm.powerOn();
        } catch (StateException e) {
            throw new IllegalStateException("what was committed does not start again", e);
        }
        exchange(tpm, startup, 0);
    }

    private static int code(byte[] response) {
        return ByteBuffer.wrap(response).getInt(6);
    }

    static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }
}
