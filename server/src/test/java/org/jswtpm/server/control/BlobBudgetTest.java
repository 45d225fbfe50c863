package org.jswtpm.server.control;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class BlobBudgetTest {
    private static final int BLOB = 512 * 1024;
    private static final int BLOBS = BlobBudget.LIMIT / BLOB;

    private final BlobBudget budget = new BlobBudget();
    private final ScriptedConnection[] connections = new ScriptedConnection[BLOBS + 1];
    private final BlobBudget.Share[] shares = new BlobBudget.Share[BLOBS + 1];

    BlobBudgetTest() {
        for (int i = 0; i <= BLOBS; i++) {
            connections[i] = new ScriptedConnection(0);
            shares[i] = budget.share(new Exchange(connections[i], Patience.USUAL));
        }
    }

    @Test
    void takesFromTheOneThatWasSilentForLongest() {
        for (int i = 0; i < BLOBS; i++) {
            shares[i].take(BLOB);
        }
        assertFalse(connections[0].isHungUp());

        shares[BLOBS].take(1);

        assertTrue(connections[0].isHungUp());
        for (int i = 1; i <= BLOBS; i++) {
            assertFalse(connections[i].isHungUp());
        }
    }

    @Test
    void whatIsGivenBackIsFreeForOthers() {
        for (int i = 0; i < BLOBS; i++) {
            shares[i].take(BLOB);
        }
        shares[3].giveBack();

        shares[BLOBS].take(BLOB);

        assertFalse(connections[0].isHungUp());
    }

    @Test
    void whoIsGivenUpGivesNothingBackTwice() {
        for (int i = 0; i <= BLOBS; i++) {
            shares[i].take(BLOB);
        }
        shares[0].giveBack();
        shares[0].take(1);

        assertTrue(connections[1].isHungUp(), "the budget is full");
    }

    /** What is announced takes nothing; what has come takes at most twice its size. */
    @Test
    void aBlobTakesWhatHasCome() {
        try (ArrivingBlob silent = new ArrivingBlob(BLOB, shares[0]);
                ArrivingBlob blob = new ArrivingBlob(BLOB, shares[1])) {
            assertEquals(0, silent.octets().length);
            for (int i = 1; i <= 128; i++) {
                blob.add(ByteBuffer.allocate(4096).put(0, (byte) i));

                assertTrue(blob.octets().length <= Math.max(8192, 2 * i * 4096));
            }
            assertEquals(0, blob.missing());
            assertEquals(BLOB, blob.octets().length);
            assertEquals(77, blob.octets()[76 * 4096]);
        }
    }

    @Test
    void aBlobIsWipedWhenItIsNotNeededAnyMore() {
        byte[] octets;
        try (ArrivingBlob blob = new ArrivingBlob(3, shares[0])) {
            blob.add(ByteBuffer.wrap(new byte[] {1, 2, 3}));
            octets = blob.octets();
        }
        assertArrayEquals(new byte[3], octets);
    }
}
