package org.jswtpm.engine.tpm2.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.jswtpm.engine.StateException;
import org.jswtpm.engine.crypto.SeedCompatLevel;
import org.jswtpm.engine.tpm2.structure.HashAlg;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PermanentStateTest {
    private static final int TPM_RC_FAILURE = 0x101;

    private static StateException refusal(byte[] blob) {
        StateException refusal = assertThrows(StateException.class, () -> PermanentState.read(blob));
        assertEquals(TPM_RC_FAILURE, refusal.resultCode());
        return refusal;
    }

    /** Where {@code hex} begins in {@code blob}, which has it once. */
    private static int find(byte[] blob, String hex) {
        String octets = HexFormat.of().formatHex(blob);
        int at = octets.indexOf(hex);
        while (at >= 0 && at % 2 != 0) {
            at = octets.indexOf(hex, at + 1);
        }
        assertTrue(at >= 0, hex + " is not there");
        return at / 2;
    }

    private static byte[] patch(byte[] blob, int offset, String hex) {
        byte[] patched = blob.clone();
        byte[] octets = HexFormat.of().parseHex(hex);
        System.arraycopy(octets, 0, patched, offset, octets.length);
        return patched;
    }

    private static byte[] insert(byte[] blob, int offset, String hex) {
        byte[] octets = HexFormat.of().parseHex(hex);
        return ByteBuffer.allocate(blob.length + octets.length)
                .put(blob, 0, offset)
                .put(octets)
                .put(blob, offset, blob.length - offset)
                .array();
    }

    private static byte[] cut(byte[] blob, int offset, int size) {
        return ByteBuffer.allocate(blob.length - size)
                .put(blob, 0, offset)
                .put(blob, offset + size, blob.length - offset - size)
                .array();
    }

    @Test
    void readsANewTpm() throws StateException {
        PermanentState state = PermanentState.read(SavedStates.read("new"));
        assertEquals(64, state.data().ownerSeed().seed().size());
        assertEquals(
                SeedCompatLevel.RSA_PRIME_ADJUST_FIX, state.data().ownerSeed().level());
        assertEquals(4, state.data().allocation().size());
        assertEquals(0xFFFF, state.data().orderlyState());
        assertEquals(HashAlg.SHA512, state.data().auditHash());
        assertEquals("{320}", state.data().auditCommands().toString(), "TPM2_SetCommandCodeAuditStatus");
        assertEquals(1, state.data().timeEpoch());
        assertTrue(state.saved().isEmpty());
        assertTrue(state.nvram().entries().isEmpty());
    }

    /** A fuzzer has found it: the first command that was audited ended in an exception. */
    @Test
    void refusesAnAuditWithoutAHashAlgorithm() {
        byte[] blob = SavedStates.read("new");
        int auditHash = find(blob, "000e" + "0000008000000000000000000000" + "000d") + 2 + 14;
        String message = refusal(patch(blob, auditHash, "0010")).getMessage();
        assertTrue(message.startsWith("PERSISTENT_DATA.auditHashAlg"), message);
        assertTrue(message.endsWith("is none, but digests are made with it"), message);
    }

    @Test
    void readsTheNarrowContextArrayOfVersion3() throws StateException {
        byte[] blob = SavedStates.read("shutdown-state");
        int header = find(blob, "0004" + "01102332" + "0004");
        int array = header + 8 + 66 + 66 + 4 + 8 + 2;
        byte[] older = patch(cut(blob, array + 64, 64 + 2), header, "0003011023320003");
        StateResetData reset = PermanentState.read(older).saved().orElseThrow().reset();
        assertEquals(0xFF, reset.slotMask());
        assertEquals(PermanentState.read(blob).saved().orElseThrow().reset().contextCounter(), reset.contextCounter());
    }

    @Test
    void takesTheOldestSeedsForOriginalOnes() throws StateException {
        byte[] blob = SavedStates.read("new");
        int version4 = find(blob, "010006" + "010101" + "010000");
        byte[] version3 = patch(cut(blob, version4 + 3, 6), version4, "010000");
        version3 = patch(version3, version4 - 31, "01001f");
        version3 = patch(version3, find(blob, "0004122134430004"), "0003122134430003");
        PermanentState state = PermanentState.read(version3);
        assertEquals(SeedCompatLevel.ORIGINAL, state.data().platformSeed().level());
        assertEquals(0xFFFFFF, state.data().allocation().get(3).pcrs());
    }

    /** A state with a profile begins with version 4 and the profile's text, which must say more than a user must. */
    @Test
    void refusesAProfileThatItCannotUse() {
        byte[] blob = patch(SavedStates.read("new"), 0, "0004ab3647230004");
        byte[] profiled = insert(blob, 8, "0014" + "7b224e616d65223a2264656661756c74" + "2d763100");
        String message = refusal(profiled).getMessage();
        assertTrue(message.startsWith("PERSISTENT_ALL.profile (at offset 8) cannot be used: "), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"in-use", "shutdown-state"})
    void refusesEveryTruncation(String name) {
        byte[] blob = SavedStates.read(name);
        for (int size = 0; size < blob.length; size++) {
            String message = refusal(Arrays.copyOf(blob, size)).getMessage();
            assertTrue(message.contains("the state ends there"), message);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"in-use", "shutdown-state"})
    void survivesEveryOctetThatIsChanged(String name) {
        byte[] blob = SavedStates.read(name);
        int refused = 0;
        for (int i = 0; i < blob.length; i++) {
            for (byte bit : new byte[] {1, (byte) 0x80}) {
                byte[] damaged = blob.clone();
                damaged[i] ^= bit;
                try {
                    PermanentState.read(damaged);
                } catch (StateException e) {
                    refused++;
                    assertFalse(e.getMessage().isBlank());
                }
            }
        }
        assertTrue(refused > 1000, refused + " refused");
    }

    @Test
    void ignoresWhatFollows() throws StateException {
        byte[] blob = SavedStates.read("new");
        PermanentState.read(Arrays.copyOf(blob, blob.length + 7));
    }

    @Test
    void skipsWhatALaterVersionAdds() throws StateException {
        byte[] blob = SavedStates.read("new");
        int end = blob.length - 4 - 3;
        PermanentState.read(insert(patch(blob, end, "010002"), end + 3, "abcd"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | 0003ab364724 | PERSISTENT_ALL (at offset 0) has the magic 0xab364724 instead of 0xab364723",
                "6 | 0005 | PERSISTENT_ALL (at offset 0) needs a reader of version 5; this one knows versions up to 4",
                "8 | 0004 | PA_COMPILE_CONSTANTS (at offset 8) has version 4; only versions up to 3 can be read",
                "16 | 00000077 | PA_COMPILE_CONSTANTS.count (at offset 16) is 119 instead of 120",
                "20 | 00000000 | PA_COMPILE_CONSTANTS (at offset 20) says that its writer was built otherwise: value 0"
                        + " is 0, here it is 1",
                "292 | 0002b2c1 | PA_COMPILE_CONSTANTS (at offset 292) says that its writer was built otherwise: value"
                        + " 68 is 176833, here it is 176832"
            })
    void refusesTheFirstPartWith(int offset, String octets, String message) {
        assertEquals(
                message, refusal(patch(SavedStates.read("new"), offset, octets)).getMessage());
    }

    @Test
    void acceptsASmallerNvOfTheWriter() throws StateException {
        PermanentState.read(patch(SavedStates.read("new"), 292, "00020000"));
    }

    @Test
    void refusesTwoEntriesForOneHandle() {
        byte[] blob = SavedStates.read("in-use");
        int second = find(blob, "01800002" + "00022547265a");
        String message = refusal(patch(blob, second, "01800001")).getMessage();
        assertTrue(message.startsWith("USER_NVRAM.handle") && message.contains("is there twice"), message);
    }

    @Test
    void refusesAnOrderlyIndexWithoutItsData() {
        byte[] blob = SavedStates.read("in-use");
        int ram = find(blob, "0000001c" + "01800005");
        String message = refusal(patch(blob, ram + 4, "01800009")).getMessage();
        assertTrue(message.contains("belongs to orderly Index 0x1800005"), message);
    }

    @Test
    void refusesAnotherKindOfEntry() {
        byte[] blob = SavedStates.read("in-use");
        int key = find(blob, "81000001" + "0002fe9a3974");
        String message = refusal(patch(blob, key, "80000001")).getMessage();
        assertTrue(message.endsWith("is 0x80000001, neither an Index nor a persistent object"), message);
    }

    @Test
    void refusesAStateThatDoesNotEndAsItShould() {
        byte[] blob = SavedStates.read("new");
        String message = refusal(patch(blob, blob.length - 4, "ab364724")).getMessage();
        assertTrue(message.startsWith("PERSISTENT_ALL, magic at its end"), message);
    }

    @Test
    void namesNoSecretInAFault() {
        byte[] blob = SavedStates.read("in-use");
        int auth = find(blob, "0006" + "736563726574");
        String message = refusal(patch(blob, auth, "0100")).getMessage();
        assertTrue(message.startsWith("NV_INDEX.authValue") && message.endsWith("has an impossible size"), message);
    }
}
