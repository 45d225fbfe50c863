package org.jswtpm.engine.tpm2.oracle;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jswtpm.engine.StateException;
import org.jswtpm.engine.StateKind;
import org.jswtpm.engine.Tpm;

/**
 * Uses all that a TPM 2.0 has: it asks for the handles that there are, and sends each of them whatever may be sent to its kind.
 * Any answer will do that is none of failure mode.
 */
public final class Tpm2Oracle {
    private static final int SUCCESS = 0;
    private static final int RC_FAILURE = 0x101;
    private static final int HEADER = 10;
    private static final int MAX_HANDLES = 64;

    private static final int OWNER = 0x4000_0001;
    private static final int NULL = 0x4000_0007;
    private static final int LOCKOUT = 0x4000_000A;
    private static final int ENDORSEMENT = 0x4000_000B;
    private static final int PLATFORM = 0x4000_000C;

    private static final byte[] STARTUP_CLEAR = Call.plain(0x144, "0000");
    private static final byte[] STARTUP_STATE = Call.plain(0x144, "0001");
    private static final byte[] SHUTDOWN_STATE = Call.plain(0x145, "0001");
    private static final byte[] SHUTDOWN_CLEAR = Call.plain(0x145, "0000");
    private static final byte[] GET_RANDOM = Call.plain(0x17B, "0004");
    private static final byte[] GET_TEST_RESULT = Call.plain(0x17C, "");

    private static final String HMAC_KEY = "0004 0000 0000 0010 0008 000b 00040460 0000 0005 000b 0000";

    private static final List<byte[]> ROOMS = rooms();

    private final Tpm tpm;

    private Tpm2Oracle(Tpm tpm) {
        this.tpm = tpm;
    }

    /** Starts a TPM up that has just got power: from a saved state if it has one. */
    public static void startUp(Tpm tpm) {
        Tpm2Oracle oracle = new Tpm2Oracle(tpm);
        if (code(oracle.send(STARTUP_STATE)) != SUCCESS) {
            oracle.send(STARTUP_CLEAR);
        }
    }

    /** Whether the TPM is in failure mode, as one may be from the start: a volatile state can say so. */
    public static boolean isFailed(Tpm tpm) {
        return code(tpm.execute(GET_RANDOM, 0)) == RC_FAILURE;
    }

    /** Uses all that there is; then the TPM goes through both ways to lose its power, and its states are read again. */
    public static void examine(Tpm tpm) throws StateException {
        Tpm2Oracle oracle = new Tpm2Oracle(tpm);
        oracle.use();
        oracle.move();
        oracle.restart(SHUTDOWN_STATE, STARTUP_STATE);
        oracle.send(CapabilityCalls.ALL);
        oracle.restart(SHUTDOWN_CLEAR, STARTUP_CLEAR);
        oracle.send(GET_RANDOM);
    }

    /** Flushes what is loaded; the session in the last slot, too. */
    public static void makeRoom(Tpm tpm) {
        for (int handle : new int[] {0x8000_0000, 0x8000_0001, 0x8000_0002, 0x0300_0003, 0x0300_0002}) {
            exchange(tpm, Call.plain(0x165, "%08x".formatted(handle)), 0);
        }
    }

    /** Loads a context, a TPMS_CONTEXT in hexadecimal, and uses what it was of; whether it was taken. */
    public static boolean examineContext(Tpm tpm, String context) {
        Tpm2Oracle oracle = new Tpm2Oracle(tpm);
        byte[] response = oracle.send(Call.plain(0x161, context));
        if (code(response) != SUCCESS) {
            return false;
        }
        int handle = ByteBuffer.wrap(response).getInt(HEADER);
        switch (handle >>> 24) {
            case 0x02 -> oracle.useSession(handle);
            case 0x03 -> {
                oracle.useSession(handle);
                oracle.send(PolicyCalls.use(handle));
            }
            default -> {
                oracle.send(ObjectCalls.use(handle));
                oracle.send(ObjectCalls.useSequence(handle));
            }
        }
        return true;
    }

    /** Sends a command; failure mode, or an answer that is none, is an error. */
    public static byte[] exchange(Tpm tpm, byte[] command, int locality) {
        byte[] response = tpm.execute(command, locality);
        check(response);
        // some faults of a caller are answered so, too: only in failure mode everything is
        if (code(response) == RC_FAILURE && isFailed(tpm)) {
            throw new IllegalStateException("failure mode");
        }
        return response;
    }

    /** A response is as long as it says. */
    public static void check(byte[] response) {
        if (response.length < HEADER || ByteBuffer.wrap(response).getInt(2) != response.length) {
            throw new IllegalStateException("a response of " + response.length + " octets");
        }
    }

    private byte[] send(byte[] command) {
        return exchange(tpm, command, 0);
    }

    private void send(List<byte[]> commands) {
        for (byte[] command : commands) {
            send(command);
        }
    }

    private static int code(byte[] response) {
        return ByteBuffer.wrap(response).getInt(6);
    }

    private void use() {
        send(GET_TEST_RESULT);
        for (int session : handles(0x0200_0000)) {
            useSession(session);
        }
        for (int session : handles(0x0300_0000)) {
            useSession(session);
            send(PolicyCalls.use(session));
        }
        for (int object : handles(0x8000_0000)) {
            send(ObjectCalls.use(object));
            send(ObjectCalls.useSequence(object));
        }
        for (int object : handles(0x8100_0000)) {
            send(ObjectCalls.use(object));
        }
        for (int index : handles(0x0100_0000)) {
            send(NvCalls.use(index));
        }
        send(ROOMS);
    }

    private void useSession(int session) {
        send(Call.by(session, 0x17B, "0010"));
        send(Call.by(session, 0x129, "0000", OWNER));
        send(Call.authorized(0x14D, 2, "0000 0010", ENDORSEMENT, NULL, session));
        byte[] saved = send(Call.plain(0x162, "", session));
        if (code(saved) == SUCCESS) {
            byte[] load = Call.plain(0x161, HexFormat.of().formatHex(saved, HEADER, saved.length));
            send(load);
        }
    }

    /** The states that are read are those of a TPM, whatever it was started from. */
    private void move() throws StateException {
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
        send(GET_RANDOM);
    }

    private void restart(byte[] shutdown, byte[] startup) {
        send(shutdown);
        try {
            tpm.powerOff();
            tpm.setState(StateKind.VOLATILE, new byte[0]);
            tpm.powerOn();
        } catch (StateException e) {
            throw new IllegalStateException("what was committed does not start again", e);
        }
        if (code(send(startup)) != SUCCESS) {
            send(STARTUP_CLEAR);
        }
    }

    /** TPM_CAP_HANDLES. */
    private List<Integer> handles(int first) {
        ByteBuffer response =
                ByteBuffer.wrap(send(Call.plain(0x17A, "00000001 %08x %08x".formatted(first, MAX_HANDLES))));
        List<Integer> handles = new ArrayList<>();
        if (response.getInt(6) == SUCCESS) {
            int count = response.getInt(15);
            for (int i = 0; i < count; i++) {
                handles.add(response.getInt(19 + 4 * i));
            }
        }
        return handles;
    }

    private static List<byte[]> rooms() {
        List<byte[]> calls = new ArrayList<>(CapabilityCalls.ALL);
        for (int hierarchy : new int[] {OWNER, NULL, ENDORSEMENT, PLATFORM}) {
            calls.add(Call.authorized(0x131, 1, HMAC_KEY + "0000" + "00000001 000b 03 ffffff", hierarchy));
            calls.add(Call.plain(0x165, "80000000"));
        }
        for (int hierarchy : new int[] {OWNER, ENDORSEMENT, PLATFORM, LOCKOUT}) {
            calls.add(Call.authorized(0x129, 1, "0000", hierarchy));
            calls.add(Call.authorized(0x12E, 1, "0020" + "5a".repeat(32) + "000b", hierarchy));
            calls.add(Call.authorized(0x12E, 1, "0000 0010", hierarchy));
        }
        calls.add(Call.plain(0x18E, "0003"));
        calls.add(Call.plain(0x181, ""));
        calls.add(Call.authorized(0x128, 1, "00000000 7fffffff", OWNER));
        calls.add(Call.authorized(0x130, 1, "03", OWNER));
        calls.add(Call.authorized(0x14C, 2, "0000 0010", ENDORSEMENT, NULL));
        calls.add(Call.authorized(0x133, 2, "0000 0010", ENDORSEMENT, NULL));
        calls.add(Call.authorized(0x158, 1, "0000 0010 00000001 000b 03 ffffff", NULL));
        calls.add(Call.authorized(0x140, 1, "000b 00000001 0000017b 00000000", OWNER));
        calls.add(Call.authorized(0x12D, 1, "00000001 00000120 00000000", PLATFORM));
        calls.add(Call.authorized(0x121, 1, "4000000b 00", PLATFORM));
        calls.add(Call.authorized(0x121, 1, "4000000b 01", PLATFORM));
        calls.add(Call.authorized(0x13A, 1, "00000020 00000010 00000010", LOCKOUT));
        calls.add(Call.authorized(0x139, 1, "", LOCKOUT));
        calls.add(Call.authorized(0x182, 1, "00000002 000b" + "07".repeat(32) + "0004" + "08".repeat(20), 16));
        calls.add(Call.authorized(0x182, 1, "00000001 000b" + "07".repeat(32), 3));
        calls.add(Call.authorized(0x13C, 1, "0003 616263", 16));
        calls.add(Call.authorized(0x13D, 1, "", 16));
        calls.add(Call.authorized(0x183, 1, "0003 616263", 20));
        calls.add(Call.authorized(0x12C, 1, "0000 0010 00000014", PLATFORM));
        calls.add(Call.authorized(0x12B, 1, "00000001 000c 03 ffffff", PLATFORM));
        calls.add(Call.plain(0x186, "0000 000b"));
        calls.add(Call.plain(0x146, "0003 616263"));
        calls.add(Call.plain(0x17B, "0040"));
        return calls;
    }
}
