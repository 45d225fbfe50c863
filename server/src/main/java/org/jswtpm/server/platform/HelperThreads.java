package org.jswtpm.server.platform;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that are lent to the TPM: one less than there are processors, none on a machine with a single one. They begin with
 * the first task and end when there has been none for a while; a TPM that needs none pays nothing.
 */
final class HelperThreads {
    /** More would hardly be used: see the engine's search for primes. */
    private static final int MOST = 7;

    private static final int STACK = 256 * 1024;
    private static final int IDLE_SECONDS = 5;

    private final int most;
    private final ThreadFactory factory;
    private final AtomicInteger busy = new AtomicInteger();
    private ThreadPoolExecutor threads;
    private volatile boolean refused;

    /** @param processors on which this process may run */
    HelperThreads(int processors) {
        this(processors, HelperThreads::thread);
    }

    HelperThreads(int processors, ThreadFactory factory) {
        most = Math.min(processors - 1, MOST);
        this.factory = factory;
    }

    /**
     * Has a thread run the task at once. What computes in idle time, at a low priority, is lent one thread less: a command that
     * comes then finds a processor that is free.
     *
     * @return false if none is free, and if the process may have no more threads
     */
    boolean tryRun(Runnable task) {
        int limit = Thread.currentThread().getPriority() < Thread.NORM_PRIORITY ? most - 1 : most;
        if (busy.get() >= limit || refused) {
            return false;
        }
        busy.incrementAndGet();
        try {
            threads().execute(() -> run(task));
            return true;
        } catch (OutOfMemoryError e) {
            // What the VM says when the system refuses a thread (RLIMIT_NPROC, pids.max); it is not asked again.
            refused = true;
            busy.decrementAndGet();
            return false;
        }
    }

    private void run(Runnable task) {
        try {
            task.run();
        } finally {
            busy.decrementAndGet();
        }
    }

    private synchronized ThreadPoolExecutor threads() {
        if (threads == null) {
            threads = new ThreadPoolExecutor(
                    most, most, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory);
            threads.allowCoreThreadTimeOut(true);
        }
        return threads;
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(null, work, "helper", STACK);
        thread.setDaemon(true);
        return thread;
    }
}
