package org.jswtpm.server.control;

import java.util.ArrayDeque;

/**
 * The threads that serve clients, one after the other: who connects and goes without end makes no thread for each time. The
 * executors of Java do the same, and loading them takes longer than a client's first answer.
 */
final class ClientThreads implements Runnable {
    private static final long LONGEST_IDLE_MILLIS = 5000;

    private final ArrayDeque<ControlClient> clients = new ArrayDeque<>();
    private int idle;

    /** Has a thread serve a client; if there is none to be had, that is an OutOfMemoryError. */
    synchronized void serve(ControlClient client) {
        clients.add(client);
        if (idle >= clients.size()) {
            notifyAll();
            return;
        }
        boolean started = false;
        try {
            Thread thread = new Thread(this, "control client");
            thread.setDaemon(true);
            thread.start();
            started = true;
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
        } finally {
            idle--;
        }
        return clients.poll();
    }
}
