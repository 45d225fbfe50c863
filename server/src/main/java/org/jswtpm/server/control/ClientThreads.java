package org.jswtpm.server.control;

import java.util.ArrayDeque;

/**
 * The threads that serve clients, one after the other: who connects and goes without end makes no thread for each time. The
 * executors of Java do the same, and loading them takes longer than a client's first answer.
 */
final class ClientThreads implements Runnable {
    /** A thread is free a moment after its client has gone. With one more than there are clients, one is free soon. */
    private static final int MAX_THREADS = ClientTable.MAX_CLIENTS + 1;

    private static final long LONGEST_IDLE_MILLIS = 5000;

    private final ArrayDeque<ControlClient> clients = new ArrayDeque<>();
    private int threads;
    private int idle;

    /** Has a thread serve a client; if there is none to be had, that is an OutOfMemoryError. */
    synchronized void serve(ControlClient client) {
        clients.add(client);
        if (idle >= clients.size() || threads == MAX_THREADS) {
            notify();
            return;
        }
        boolean started = false;
        try {
            Thread thread = new Thread(this, "control client");
            thread.setDaemon(true);
            thread.start();
            started = true;
            threads++;
        } finally {
            if (!started) {
                clients.removeLast();
            }
        }
    }

    @Override
    public void run() {
        for (ControlClient client = next(); client != null; client = next()) {
            client.run();
        }
    }

    /** The next client; null where nobody has come for long. */
    private synchronized ControlClient next() {
        long begin = System.nanoTime();
        long rest = LONGEST_IDLE_MILLIS;
        idle++;
        try {
            while (clients.isEmpty() && rest > 0) {
                wait(rest);
                rest = LONGEST_IDLE_MILLIS - (System.nanoTime() - begin) / 1_000_000;
            }
        } catch (InterruptedException e) {
            // nobody means to interrupt this thread
        }
        idle--;
        ControlClient client = clients.poll();
        threads -= client == null ? 1 : 0;
        return client;
    }
}
