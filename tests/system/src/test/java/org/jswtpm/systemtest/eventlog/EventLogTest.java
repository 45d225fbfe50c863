package org.jswtpm.systemtest.eventlog;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The octets are laid out by hand after the tables of chapter 10.2; the digests are from sha1sum and sha256sum. */
class EventLogTest {
    private static final String SPEC_ID_EVENT = "00000000 03000000" + "00".repeat(20) + "25000000"
            + "53706563204944204576656e74303300" + "00000000 00020002" // "Spec ID Event03", class, version 2.0, UINTN
            + "02000000 0400 1400 0b00 2000" + "00";
    private static final int FIRST_EVENT = 32 + 37;
    private static final String SEPARATOR_IN_PCR_7 =
            "07000000 04000000 02000000" + "0400" + "11".repeat(20) + "0b00" + "22".repeat(32) + "04000000 00000000";
    private static final String EVENT_IN_PCR_7 =
            "07000000 01000080 02000000" + "0400" + "33".repeat(20) + "0b00" + "44".repeat(32) + "00000000";
    private static final String STARTUP_LOCALITY_3 = "00000000 03000000 02000000" + "0400" + "00".repeat(20) + "0b00"
            + "00".repeat(32) + "11000000" + "537461727475704c6f63616c69747900" + "03";

    @Test
    void replaysTheEventsOfOnePcrInEachBank() {
        EventLog log = EventLog.parse(log(SPEC_ID_EVENT, SEPARATOR_IN_PCR_7, EVENT_IN_PCR_7));

        assertEquals(EnumSet.of(DigestAlgorithm.SHA1, DigestAlgorithm.SHA256), log.banks());
        assertEquals(2, log.size());
        assertArrayEquals(hex("504fe15658ce3698183f693e3b7e11dd3b4d61f8"), log.replay(DigestAlgorithm.SHA1, 7));
        assertArrayEquals(
                hex("89a58c1f9d94c990668a03db991956bd3cf7bcb2ffd8b0f69b5b462610adb29f"),
                log.replay(DigestAlgorithm.SHA256, 7));
        assertArrayEquals(new byte[32], log.replay(DigestAlgorithm.SHA256, 0));
    }

    /** The digest of the same events of the crypto agile log. */
    @Test
    void replaysTheEventsOfATpm12() {
        byte[] octets = log(
                "07000000 04000000" + "11".repeat(20) + "04000000 00000000",
                "07000000 01000080" + "33".repeat(20) + "00000000");

        EventLog log = EventLog.parseOfTpm12(octets);

        assertEquals(EnumSet.of(DigestAlgorithm.SHA1), log.banks());
        assertEquals(2, log.size());
        assertArrayEquals(hex("504fe15658ce3698183f693e3b7e11dd3b4d61f8"), log.replay(DigestAlgorithm.SHA1, 7));
        assertArrayEquals(new byte[20], log.replay(DigestAlgorithm.SHA1, 0));
        for (int length = 1; length < octets.length; length++) {
            byte[] cut = Arrays.copyOf(octets, length);
            if (length != 36) { // the first event
                assertThrows(EventLogException.class, () -> EventLog.parseOfTpm12(cut), "length " + length);
            }
        }
    }

    @Test
    void startupLocalityIsTheFirstValueOfPcr0() {
        byte[] expected = new byte[32];
        expected[31] = 3;

        EventLog log = EventLog.parse(log(SPEC_ID_EVENT, STARTUP_LOCALITY_3));

        assertArrayEquals(expected, log.replay(DigestAlgorithm.SHA256, 0));
    }

    @Test
    void logCutInsideAnEventIsRefused() {
        byte[] whole = log(SPEC_ID_EVENT, SEPARATOR_IN_PCR_7);
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            if (length == FIRST_EVENT) {
                assertEquals(0, EventLog.parse(cut).size());
            } else {
                var refusal = assertThrows(EventLogException.class, () -> EventLog.parse(cut), "length " + length);
                assertTrue(refusal.getMessage().startsWith("the log ends"), refusal.getMessage());
            }
        }
    }

    @Test
    void sizeBeyondTheEndIsRefusedWithoutMemoryForIt() {
        byte[] log = log(SPEC_ID_EVENT, SEPARATOR_IN_PCR_7);
        Arrays.fill(log, log.length - 8, log.length - 5, (byte) 0xff);
        log[log.length - 5] = 0x7f;
        assertThrows(EventLogException.class, () -> EventLog.parse(log));
        log[log.length - 5] = (byte) 0xff;
        assertThrows(EventLogException.class, () -> EventLog.parse(log));
    }

    @Test
    void damagedFieldsAreNamed() {
        assertRefused(0x10, 0x53, "does not begin with a Spec ID Event03", 32);
        assertRefused(0x00, 0x02, "0 hash algorithms", 32 + 24);
        assertRefused(0x05, 0x04, "unknown hash algorithm 0x5", 32 + 28);
        assertRefused(0x15, 0x14, "SHA1 is listed with 21 octets", 32 + 30);
        assertRefused(0x18, 0x07, "PCR 24 at octet", FIRST_EVENT);
        assertRefused(0x03, 0x02, "3 digests for [SHA1, SHA256]", FIRST_EVENT + 8);
        assertRefused(0x0c, 0x04, "unexpected digest of SHA384", FIRST_EVENT + 12);
        assertRefused(0x04, 0x0b, "unexpected digest of SHA1", FIRST_EVENT + 34);
    }

    private static void assertRefused(int damaged, int whole, String reason, int offset) {
        byte[] log = log(SPEC_ID_EVENT, SEPARATOR_IN_PCR_7);
        assertEquals(whole, log[offset], "the field stands elsewhere");
        log[offset] = (byte) damaged;
        var refusal = assertThrows(EventLogException.class, () -> EventLog.parse(log));
        assertTrue(refusal.getMessage().contains(reason), refusal.getMessage());
    }

    private static byte[] log(String... events) {
        return hex(String.join("", events).replace(" ", ""));
    }

    private static byte[] hex(String octets) {
        return HexFormat.of().parseHex(octets);
    }
}
