package org.jswtpm.server.platform;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class IdlenessTest {
    private static final int ENOUGH = 1000;

    private long now = -5; // System.nanoTime may begin anywhere
    private final Idleness idleness = new Idleness(ENOUGH, () -> now);

    @Test
    void nothingIsToBeDoneBeforeTheFirstUse() {
        now += ENOUGH;
        assertWaits();
    }

    @Test
    void endsOnceNothingWasUsedForLongEnough() {
        idleness.use();
        now += ENOUGH - 1;
        assertWaits();
        now += 1;
        assertDoesNotThrow(idleness::await);
    }

    @Test
    void everyUseBeginsItAnew() {
        idleness.use();
        now += ENOUGH - 1;
        idleness.use();
        now += ENOUGH - 1;
        assertWaits();
        now += 1;
        assertDoesNotThrow(idleness::await);
    }

    @Test
    void isToldOnceAfterEachUse() {
        idleness.use();
        now += ENOUGH;
        assertDoesNotThrow(idleness::await);
        now += ENOUGH;
        assertWaits();
        idleness.use();
        now += ENOUGH;
        assertDoesNotThrow(idleness::await);
    }

    /** Who waits while he is interrupted is told so at once. */
    private void assertWaits() {
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, idleness::await);
    }
}
