package org.jswtpm.engine.tpm2.oracle;

import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import org.jswtpm.engine.StateException;
import org.jswtpm.engine.StateKind;
import org.jswtpm.engine.tpm2.TestHost;
import org.jswtpm.engine.tpm2.Tpm2Fixture;

/**
 * States in which there is something of each kind: objects of all types, NV Indices of all types, sessions of all types, loaded and
 * saved, and sequences of all types. All auth values are empty, so that {@link Tpm2Oracle} gets at everything.
 */
public final class UsedStates {
    private static final int OWNER = 0x4000_0001;
    private static final int NULL = 0x4000_0007;
    private static final int PLATFORM = 0x4000_000C;

    private static final String[] KEYS = {
        "0023 000b 00030472 0000 0006 0080 0043 0010 0003 0010 0000 0000",
        "0023 000b 00040472 0000 0010 0018 000b 0003 0010 0000 0000",
        "0001 000b 00060472 0000 0010 0010 0400 00000000 0000",
        "0008 000b 00040472 0000 0005 000b 0000",
        "0008 000b 00030472 0000 000a 000b 0022 0000",
        "0025 0004 00060472 0000 0006 0080 0043 0000",
    };
    /** Type and attributes, and size: one of each type, some orderly. */
    private static final String[] INDICES = {
        "00060006 0000 0010", // ordinary
        "00060016 0000 0008", // counter
        "00060026 0000 0008", // bits
        "00060046 0000 0020", // extend
        "02060082 0000 0008", // PIN fail
        "42070093 0000 0008", // PIN pass
        "04060006 0000 0010", // orderly
        "04060016 0000 0008", // orderly counter
        "80064006 0000 0008", // locks that a startup takes away
        "000e000e 0020" + "5a".repeat(32) + "0004", // with a policy
    };

    private final Tpm2Fixture tpm;

    private UsedStates(TestHost host) {
        tpm = Tpm2Fixture.poweredOn(host);
        send(Call.plain(0x144, "0000"));
    }

    /** The permanent state of a TPM that has got TPM2_Shutdown(STATE). */
    public static Map<StateKind, byte[]> permanent(TestHost host) {
        UsedStates used = new UsedStates(host);
        used.definePersistent();
        used.send(Call.plain(0x145, "0001"));
        return Map.of(StateKind.PERMANENT, host.load(StateKind.PERMANENT).orElseThrow());
    }

    /** Both states of a running TPM with sessions and three objects. */
    public static Map<StateKind, byte[]> withObjects(TestHost host) {
        UsedStates used = new UsedStates(host);
        used.define(INDICES[6], 6);
        used.startSessions();
        used.primary(OWNER, KEYS[0]);
        used.primary(PLATFORM, KEYS[2]);
        used.send(Call.plain(
                0x167,
                "0000 0056 0023 000b 00040040 0000 0010 0010 0003 0010"
                        + "0020 6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
                        + "0020 4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5"
                        + "40000001"));
        used.send(Call.plain(0x18E, "0003"));
        return used.states();
    }

    /** Both states of a running TPM with sessions and a sequence of each type. */
    public static Map<StateKind, byte[]> withSequences(TestHost host) {
        UsedStates used = new UsedStates(host);
        used.startSessions();
        int key = used.primary(NULL, KEYS[3]);
        used.send(Call.authorized(0x15B, 1, "0000 0010", key));
        used.send(Call.plain(0x165, "%08x".formatted(key)));
        used.send(Call.plain(0x186, "0000 000d"));
        used.send(Call.plain(0x186, "0000 0010"));
        for (int i = 0; i < 3; i++) {
            used.send(Call.authorized(0x15C, 1, "0083" + "5a".repeat(131), 0x8000_0000 + i));
        }
        return used.states();
    }

    private Map<StateKind, byte[]> states() {
        Map<StateKind, byte[]> states = new EnumMap<>(StateKind.class);
        try {
            for (StateKind kind : new StateKind[] {StateKind.PERMANENT, StateKind.VOLATILE}) {
                states.put(kind, tpm.tpm().state(kind).orElseThrow());
            }
        } catch (StateException e) {
            throw new AssertionError(e);
        }
        return states;
    }

    private void definePersistent() {
        for (int i = 0; i < KEYS.length; i++) {
            int key = primary(OWNER, KEYS[i]);
            send(Call.authorized(0x120, 1, "%08x".formatted(0x8100_0001 + i), OWNER, key));
            send(Call.plain(0x165, "%08x".formatted(key)));
        }
        for (int i = 0; i < INDICES.length; i++) {
            define(INDICES[i], i);
        }
        send(Call.authorized(0x12E, 1, "0020" + "5a".repeat(32) + "000b", OWNER));
        send(Call.authorized(0x140, 1, "000c 00000000 00000000", OWNER));
        send(Call.authorized(0x140, 1, "0010 00000001 0000017b 00000000", OWNER));
        send(Call.plain(0x17B, "0004"));
        send(Call.plain(0x18E, "0003"));
        hmacSession("0010 000b");
    }

    private void define(String attributes, int number) {
        String area = "%08x 000b %s".formatted(0x0180_0001 + number, attributes).replace(" ", "");
        int by = attributes.startsWith("4") ? PLATFORM : OWNER;
        int index = 0x0180_0001 + number;
        send(Call.authorized(0x12A, 1, "0000 %04x".formatted(area.length() / 2) + area, by));
        for (byte[] write : new byte[][] {
            Call.authorized(0x137, 1, "0004 00000000 0000", by, index),
            Call.authorized(0x137, 1, "0008 0000000000000003 0000", by, index),
            Call.authorized(0x134, 1, "", by, index),
            Call.authorized(0x135, 1, "0000000000000081", by, index),
            Call.authorized(0x136, 1, "0003 616263", by, index)
        }) {
            tpm.exchange(write);
        }
    }

    /** Three that are loaded, of each type, and a saved one. */
    private void startSessions() {
        hmacSession("0006 0080 0043 000b");
        session(1, "0010 000c");
        send(Call.plain(0x16B, "", 0x0300_0001));
        send(Call.plain(0x17F, "0000 00000001 000b 03 800001", 0x0300_0001));
        send(Call.plain(0x16C, "0000017b", 0x0300_0001));
        send(Call.plain(0x162, "", session(0, "0010 0004")));
        session(3, "000a 000b 000d");
    }

    private byte[] hmacSession(String algorithms) {
        int session = session(0, algorithms);
        return tpm.exchange(Call.plain(0x162, "", session));
    }

    private int session(int type, String algorithms) {
        return handle(
                Call.plain(0x176, "0010" + "5a".repeat(16) + "0000 %02x".formatted(type) + algorithms, NULL, NULL));
    }

    private int primary(int hierarchy, String template) {
        String area = template.replace(" ", "");
        return handle(Call.authorized(
                0x131, 1, "0004 0000 0000 %04x".formatted(area.length() / 2) + area + "0000 00000000", hierarchy));
    }

    private int handle(byte[] command) {
        return ByteBuffer.wrap(send(command)).getInt(10);
    }

    private byte[] send(byte[] command) {
        byte[] response = tpm.exchange(command);
        int code = ByteBuffer.wrap(response).getInt(6);
        if (code != 0) {
            throw new AssertionError(
                    "0x" + Integer.toHexString(code) + " to " + HexFormat.of().formatHex(command));
        }
        return response;
    }
}
