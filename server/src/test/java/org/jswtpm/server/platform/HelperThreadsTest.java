package org.jswtpm.server.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How many threads the process lends, and to whom. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class HelperThreadsTest {
    private final CountDownLatch end = new CountDownLatch(1);
    private final Semaphore ran = new Semaphore(0);

    private void task() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        ran.release();
    }

    private int lendAll(HelperThreads threads) {
        int lent = 0;
        while (threads.tryRun(this::task)) {
            lent++;
        }
        return lent;
    }

    private void lendAndEndAll(int expected, HelperThreads threads) throws InterruptedException {
        assertEquals(expected, lendAll(threads));
        end.countDown();
        ran.acquire(expected);
    }

    @Test
    void aSingleProcessorHasNone() throws Exception {
        lendAndEndAll(0, new HelperThreads(1));
    }

    @Test
    void oneProcessorStaysWithTheCommand() throws Exception {
        lendAndEndAll(3, new HelperThreads(4));
    }

    @Test
    void aLargeMachineLendsNoMoreThanAreOfUse() throws Exception {
        lendAndEndAll(7, new HelperThreads(256));
    }

    @Test
    void whatComputesInIdleTimeLeavesAProcessorFree() throws Exception {
        HelperThreads threads = new HelperThreads(3);
        AtomicInteger lent = new AtomicInteger();
        Thread idle = new Thread(() -> lent.set(lendAll(threads)));
        idle.setPriority(Thread.MIN_PRIORITY);
        idle.start();
        idle.join();
        assertEquals(1, lent.get());
        assertTrue(threads.tryRun(this::task), "a command has it");
        end.countDown();
        ran.acquire(2);
    }

    @Test
    void aThreadIsLentAgainAlsoAfterAFault() throws Exception {
        HelperThreads threads = new HelperThreads(2, work -> {
            Thread thread = new Thread(work);
            thread.setUncaughtExceptionHandler((failed, fault) -> {});
            return thread;
        });
        end.countDown();
        for (int i = 0; i < 10; i++) {
            while (!threads.tryRun(this::fail)) {
                Thread.onSpinWait();
            }
            ran.acquire();
        }
    }

    private void fail() {
        ran.release();
        throw new IllegalStateException("a fault");
    }

    /** As with RLIMIT_NPROC, where the VM says so. */
    @Test
    void aProcessThatMayHaveNoMoreThreadsDoesWithout() {
        AtomicInteger asked = new AtomicInteger();
        HelperThreads threads = new HelperThreads(4, work -> {
            asked.incrementAndGet();
            throw new OutOfMemoryError("unable to create native thread");
        });
        assertFalse(threads.tryRun(this::task));
        assertFalse(threads.tryRun(this::task));
        assertEquals(1, asked.get(), "the system is not asked again");
    }
}
