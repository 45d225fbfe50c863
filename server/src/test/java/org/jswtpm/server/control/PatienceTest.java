package org.jswtpm.server.control;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PatienceTest {
    private static final long SECOND = 1_000_000_000;
    private static final long BEGIN = Long.MIN_VALUE + 7;

    @Test
    void aRequestHasHalfASecondHoweverManyOctetsMove() {
        Patience.Progress request = Patience.USUAL.ofRequest(BEGIN);
        request.moved(4000, BEGIN + SECOND / 2);

        assertFalse(request.isOver(BEGIN + SECOND / 2));
        assertTrue(request.isOver(BEGIN + SECOND / 2 + 1));
    }

    @Test
    void aTransferMayBeSilentForTenSeconds() {
        Patience.Progress blob = Patience.USUAL.ofTransfer(BEGIN);
        blob.moved(1 << 20, BEGIN + 100 * SECOND);

        assertFalse(blob.isOver(BEGIN + 110 * SECOND));
        assertTrue(blob.isOver(BEGIN + 110 * SECOND + 1));
    }

    @Test
    void oneOctetAtATimeIsTooSlowHoweverOftenItComes() {
        Patience.Progress blob = Patience.USUAL.ofTransfer(BEGIN);
        long now = BEGIN;
        int octets = 0;
        while (!blob.isOver(now)) {
            now += SECOND;
            blob.moved(1, now);
            octets++;
        }

        assertTrue(octets <= 11, octets + " octets");
    }

    @Test
    void aSlowLinkThatMovesAKibibyteASecondGetsAWholeBlobThrough() {
        Patience.Progress blob = Patience.USUAL.ofTransfer(BEGIN);
        for (int i = 1; i <= 512; i++) {
            blob.moved(1024, BEGIN + i * SECOND);

            assertFalse(blob.isOver(BEGIN + i * SECOND));
        }
    }
}
