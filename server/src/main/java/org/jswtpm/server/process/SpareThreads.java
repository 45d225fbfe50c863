package org.jswtpm.server.process;

import java.util.concurrent.CountDownLatch;

/**
 * Threads that a process which is ready will need: two for a signal that ends it, and one for a client. One at its limit could
 * not be ended.
 */
public final class SpareThreads implements Runnable {
    private static final int COUNT = 3;

    private final CountDownLatch done = new CountDownLatch(1);

    private SpareThreads() {}

    /** Finds out whether they can be made; throws the VM's OutOfMemoryError if not. */
    public static void demand() {
        SpareThreads spare = new SpareThreads();
        try {
            for (int i = 0; i < COUNT; i++) {
                Thread thread = new Thread(spare, "spare");
                thread.setDaemon(true);
                thread.start();
            }
        } finally {
            spare.done.countDown();
        }
    }

    @Override
    public void run() {
        try {
            done.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
