package org.jswtpm.engine.tpm2.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jswtpm.engine.StateException;
import org.jswtpm.engine.StateKind;
import org.jswtpm.engine.Tpm;
import org.jswtpm.engine.TpmVersion;
import org.jswtpm.engine.Tpms;
import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.tpm2.TestHost;
import org.jswtpm.engine.tpm2.Tpm2Fixture;
import org.junit.jupiter.api.Test;

/** What was reported of libtpms, and is named in docs/security.md. */
class OpenReportsTest {
    private static final int HASH = 20;
    private static final int OWNER = 0x4000_0001;
    private static final int NULL = 0x4000_0007;
    /** Where the size of the profile stands: behind the header of PERSISTENT_ALL. */
    private static final int PROFILE_SIZE = 8;

    /**
     * stefanberger/libtpms#614: the size of a block that a newer version may have put behind a structure leads beyond the state.
     * libtpms goes on reading there.
     */
    @Test
    void aBlockBehindAStructureEndsWithinTheState() {
        Set<String> structures = new TreeSet<>();
        cutOpen(UsedStates.permanent(new TestHost()), StateKind.PERMANENT, 0, structures);
        cutOpen(UsedStates.withObjects(new TestHost()), StateKind.VOLATILE, HASH, structures);
        cutOpen(UsedStates.withSequences(new TestHost()), StateKind.VOLATILE, HASH, structures);
        List<String> reported = List.of(
                "PERSISTENT_ALL",
                "PERSISTENT_DATA",
                "STATE_RESET_DATA",
                "STATE_CLEAR_DATA",
                "ORDERLY_DATA",
                "PCR_SAVE",
                "INDEX_ORDERLY_RAM",
                "USER_NVRAM",
                "NV_INDEX",
                "ANY_OBJECT",
                "VOLATILE_STATE",
                "SESSION",
                "HASH_STATE");
        assertTrue(structures.containsAll(reported), structures::toString);
    }

    /** Each block claims to be the longest there is; what only looks like one does so, too. */
    private static void cutOpen(Map<StateKind, byte[]> states, StateKind kind, int hashSize, Set<String> structures) {
        byte[] state = states.get(kind);
        int end = state.length - hashSize;
        for (int at = 0; at + 2 < end; at++) {
            if (state[at] == 1 && state[at + 1] == 0) {
                byte[] damaged = state.clone();
                damaged[at + 1] = (byte) 0xff;
                damaged[at + 2] = (byte) 0xff;
                if (hashSize != 0) {
                    byte[] hash = Hasher.of(Digest.SHA1).update(damaged, 0, end).digest();
                    System.arraycopy(hash, 0, damaged, end, hashSize);
                }
                Map<StateKind, byte[]> all = new EnumMap<>(states);
                all.put(kind, damaged);
                String refusal = powerOn(all);
                if (refusal.contains("the state ends there")) {
                    structures.add(refusal.substring(0, refusal.indexOf(' ')).replaceAll("[.,].*", ""));
                }
            }
        }
    }

    private static String powerOn(Map<StateKind, byte[]> states) {
        TestHost host = new TestHost();
        states.forEach(host::put);
        try (Tpm tpm = Tpms.create(TpmVersion.TPM_2_0, host)) {
            tpm.powerOn();
            return "";
        } catch (StateException e) {
            assertEquals(0, host.commits());
            return e.getMessage();
        }
    }

    /**
     * stefanberger/libtpms#618: the profile in a state does not end with zero. libtpms copies it as it is, and looks for its end
     * behind it.
     */
    @Test
    void aProfileOfAStateEndsWithItsFirstZero() throws StateException {
        byte[] state = Tpm2Fixture.startedWith("{\"Name\":\"default-v1\"}")
                .tpm()
                .state(StateKind.PERMANENT)
                .orElseThrow();
        int size = Short.toUnsignedInt(ByteBuffer.wrap(state).getShort(PROFILE_SIZE));
        int end = PROFILE_SIZE + 2 + size;
        byte[] json = Arrays.copyOfRange(state, PROFILE_SIZE + 2, end - 1);
        byte[] rest = Arrays.copyOfRange(state, end, state.length);
        assertEquals("", ofProfile(state, size, json, new byte[1], rest), "as it is");
        String noEnd = "does not end with its first zero";
        assertRefusal(noEnd, ofProfile(state, size - 1, json, new byte[0], rest));
        assertRefusal(noEnd, ofProfile(state, size, json, new byte[] {'}'}, rest));
        assertRefusal(noEnd, ofProfile(state, size + 1, json, new byte[2], rest));
        assertRefusal("cannot be used", ofProfile(state, 1, new byte[0], new byte[1], rest));
        assertRefusal("the state ends there", ofProfile(state, 0xFFFF, json, new byte[1], rest));
        json[json.length / 2] = 0;
        assertRefusal(noEnd, ofProfile(state, size, json, new byte[1], rest));
    }

    /** libtpms takes a string without octets for none, and a state without a profile for one with the null profile. */
    @Test
    void aProfileWithoutOctetsIsTheNullProfile() throws StateException {
        byte[] state = Tpm2Fixture.started().tpm().state(StateKind.PERMANENT).orElseThrow();
        state[1] = 4;
        state[PROFILE_SIZE - 1] = 4;
        byte[] rest = Arrays.copyOfRange(state, PROFILE_SIZE, state.length);
        assertEquals("", ofProfile(state, 0, new byte[0], new byte[0], rest));
    }

    private static String ofProfile(byte[] head, int size, byte[] json, byte[] end, byte[] rest) {
        byte[] state = ByteBuffer.allocate(PROFILE_SIZE + 2 + json.length + end.length + rest.length)
                .put(head, 0, PROFILE_SIZE)
                .putShort((short) size)
                .put(json)
                .put(end)
                .put(rest)
                .array();
        return powerOn(Map.of(StateKind.PERMANENT, state));
    }

    private static void assertRefusal(String reason, String refusal) {
        assertTrue(refusal.startsWith("PERSISTENT_ALL.profile") && refusal.contains(reason), refusal);
    }

    /**
     * stefanberger/libtpms#615: the first parameter of a command says that it is longer than the command, while a policy wants to
     * see the template behind it. libtpms reads on behind its buffer.
     */
    @Test
    void aPolicyOfTemplatesDoesNotReadBehindTheCommand() {
        Tpm2Fixture tpm = Tpm2Fixture.started();
        tpm.exchange(Call.plain(0x176, "0010" + "5a".repeat(16) + "0000 01 0010 000b", NULL, NULL));
        tpm.exchange(Call.plain(0x190, "0020" + "5a".repeat(32), 0x0300_0000));
        byte[] digest = tpm.exchange(Call.plain(0x189, "", 0x0300_0000));
        tpm.exchange(Call.authorized(0x12E, 1, HexFormat.of().formatHex(digest, 10, digest.length) + "000b", OWNER));
        for (String parameters : new String[] {
            "", "ff", "ffff", "7fff00", "0004 0000", "0004 0000 0000", "0004 0000 0000 ff", "0004 0000 0000 ffff 0008"
        }) {
            for (int code : new int[] {0x131, 0x191}) {
                byte[] response = Tpm2Oracle.exchange(tpm.tpm(), Call.by(0x0300_0000, code, parameters, OWNER), 0);
                assertEquals(10, response.length, "an error");
            }
        }
    }
}
