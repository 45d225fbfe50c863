package org.jswtpm.server.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class EndingTest {
    private final List<String> closed = Collections.synchronizedList(new ArrayList<>());
    private final CompletableFuture<Integer> status = new CompletableFuture<>();
    private final Ending ending = new Ending(status::complete);

    @Test
    void closesTheLastThingFirst() throws Exception {
        ending.register(() -> closed.add("first"));
        ending.register(() -> closed.add("second"));
        ending.end(3);
        assertEquals(List.of("second", "first"), closed);
        assertEquals(3, status.get());
    }

    @Test
    void aStepThatFailsDoesNotKeepTheOthers() throws Exception {
        ending.register(() -> closed.add("first"));
        ending.register(() -> {
            throw new IllegalStateException();
        });
        ending.end(0);
        assertEquals(List.of("first"), closed);
        assertEquals(0, status.get());
    }

    /** A signal at the moment when a socket has its path, and nobody has written down yet that it has to go. */
    @Test
    void anEndThatBeginsWhileSomethingIsMadeWaitsForIt() throws Exception {
        CountDownLatch signalled = new CountDownLatch(1);
        Thread signal = new Thread(() -> {
            signalled.countDown();
            ending.end(0);
        });
        synchronized (ending) {
            signal.start();
            signalled.await();
            while (signal.getState() != Thread.State.BLOCKED) {
                Thread.onSpinWait();
            }
            assertFalse(status.isDone());
            ending.register(() -> closed.add("made meanwhile"));
        }
        signal.join();
        assertEquals(List.of("made meanwhile"), closed);
        assertEquals(0, status.get());
    }
}
