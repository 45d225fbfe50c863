package org.jswtpm.engine.tpm2.pcr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.MessageDigest;
import java.util.List;
import org.jswtpm.engine.tpm2.structure.HashAlg;
import org.jswtpm.engine.tpm2.structure.PcrSelection;
import org.jswtpm.engine.tpm2.structure.StartupType;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.TpmException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PcrBanksTest {
    private static final byte[] EVENT = new byte[32];

    private final PcrBanks pcrs = new PcrBanks();

    @BeforeEach
    void startAsNewTpm() {
        pcrs.manufacture();
        pcrs.startup(StartupType.RESET, 0, false);
    }

    @Test
    void startsWithZerosAndTheDynamicPcrsWithOnes() {
        for (int pcr = 0; pcr < PcrBanks.COUNT; pcr++) {
            String octet = pcr >= 17 && pcr <= 22 ? "ff" : "00";
            assertEquals(Bytes.hex(octet.repeat(48)), pcrs.value(pcr, HashAlg.SHA384), "PCR " + pcr);
        }
    }

    @Test
    void startsPcr0WithTheLocalityOfStartup() {
        pcrs.startup(StartupType.RESET, 3, false);
        assertEquals(Bytes.hex("00".repeat(31) + "03"), pcrs.value(0, HashAlg.SHA256));
        assertEquals(Bytes.hex("00".repeat(32)), pcrs.value(1, HashAlg.SHA256));
    }

    @Test
    void extendsOneBankOnly() throws Exception {
        pcrs.extend(7, HashAlg.SHA256, EVENT);
        byte[] expected = MessageDigest.getInstance("SHA-256").digest(new byte[64]);
        assertEquals(Bytes.wrap(expected), pcrs.value(7, HashAlg.SHA256));
        assertEquals(Bytes.zeros(20), pcrs.value(7, HashAlg.SHA1));
    }

    @Test
    void countsChangesButNotThoseOfTheUncountedPcrs() {
        int before = pcrs.updateCounter();
        pcrs.extend(0, HashAlg.SHA256, EVENT);
        pcrs.extend(0, HashAlg.SHA512, new byte[64]);
        pcrs.extend(16, HashAlg.SHA256, EVENT);
        pcrs.reset(23);
        assertEquals(before + 2, pcrs.updateCounter());
        pcrs.startup(StartupType.RESET, 0, false);
        assertEquals(before, pcrs.updateCounter());
    }

    @ParameterizedTest
    @CsvSource({
        // pcr, locality, extend, reset
        "0, 0, true, false",
        "0, 4, true, false",
        "16, 0, true, true",
        "16, 3, true, true",
        "16, 4, true, false",
        "17, 1, false, false",
        "17, 2, true, false",
        "17, 4, true, false",
        "19, 4, false, false",
        "20, 0, false, false",
        "20, 1, true, false",
        "20, 2, true, true",
        "20, 3, true, true",
        "21, 2, true, true",
        "21, 3, false, true",
        "22, 0, false, false",
        "23, 0, true, true"
    })
    void allowsByLocality(int pcr, int locality, boolean extend, boolean reset) {
        assertEquals(extend, PcrBanks.isExtendAllowed(pcr, locality));
        assertEquals(reset, PcrBanks.isResetAllowed(pcr, locality));
    }

    @Test
    void resumesWhatWasSavedAndStartsTheRestAnew() {
        pcrs.extend(5, HashAlg.SHA1, new byte[20]);
        pcrs.extend(16, HashAlg.SHA1, new byte[20]);
        Bytes saved = pcrs.value(5, HashAlg.SHA1);
        pcrs.save();
        pcrs.extend(5, HashAlg.SHA1, new byte[20]);
        pcrs.startup(StartupType.RESUME, 0, false);
        assertEquals(saved, pcrs.value(5, HashAlg.SHA1));
        assertEquals(Bytes.zeros(20), pcrs.value(16, HashAlg.SHA1));
    }

    @Test
    void keepsPcr0OfAnHcrtmSequence() throws Exception {
        pcrs.extendByHashSequence(0, HashAlg.SHA256, EVENT, false);
        byte[] start = new byte[64];
        start[31] = 4;
        Bytes expected = Bytes.wrap(MessageDigest.getInstance("SHA-256").digest(start));
        pcrs.startup(StartupType.RESET, 4, true);
        assertEquals(expected, pcrs.value(0, HashAlg.SHA256));
    }

    @Test
    void readsAtMostEightValues() {
        PcrReading reading = pcrs.read(
                List.of(new PcrSelection(HashAlg.SHA256, 0x0003FC), new PcrSelection(HashAlg.SHA1, 0x000001)));
        assertEquals(8, reading.values().size());
        assertEquals(
                List.of(0x0003FC, 0),
                reading.selections().stream().map(PcrSelection::pcrs).toList());

        reading = pcrs.read(List.of(new PcrSelection(HashAlg.SHA256, 0xFFFFFF)));
        assertEquals(0x0000FF, reading.selections().get(0).pcrs());
    }

    @Test
    void digestsTheAllocatedOfTheSelected() throws Exception {
        pcrs.setAllocation(
                List.of(new PcrSelection(HashAlg.SHA1, 0), new PcrSelection(HashAlg.SHA256, 0x000003)), List.of());
        Bytes digest = pcrs.digest(
                HashAlg.SHA256,
                List.of(new PcrSelection(HashAlg.SHA1, 0xFFFFFF), new PcrSelection(HashAlg.SHA256, 0x000006)));
        assertEquals(Bytes.wrap(MessageDigest.getInstance("SHA-256").digest(new byte[32])), digest);
    }

    @Test
    void allocatesForTheNextReset() {
        PcrAllocation answer = pcrs.allocate(List.of(new PcrSelection(HashAlg.SHA1, 0)));
        assertEquals(new PcrAllocation(24, 24 * (32 + 48 + 64), 3936), answer);
        assertTrue(pcrs.isReconfigured());
        assertTrue(pcrs.isAllocated(3, HashAlg.SHA1), "the allocation in force stays");
        pcrs.setAllocation(pcrs.nextAllocation(), pcrs.nextAllocation());
        assertFalse(pcrs.isAllocated(3, HashAlg.SHA1));
        assertTrue(pcrs.isAllocated(3, HashAlg.SHA256));
    }

    @Test
    void refusesAnAllocationWithoutPcr0OrPcr17() {
        List<PcrSelection> none = List.of(
                new PcrSelection(HashAlg.SHA1, 0xFDFFFF),
                new PcrSelection(HashAlg.SHA256, 0),
                new PcrSelection(HashAlg.SHA384, 0),
                new PcrSelection(HashAlg.SHA512, 0x010000));
        TpmException refusal = assertThrows(TpmException.class, () -> pcrs.allocate(none));
        assertEquals(0x127, refusal.responseCode());
        assertFalse(pcrs.isReconfigured());
    }
}
