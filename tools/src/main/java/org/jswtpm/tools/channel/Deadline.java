package org.jswtpm.tools.channel;

import java.io.IOException;
import java.nio.channels.Channel;
import java.util.concurrent.TimeUnit;

/** Closes a channel, and so wakes the thread that reads from it, unless it is closed itself before. */
final class Deadline implements Runnable, AutoCloseable {
    private final Channel channel;
    private final long end;
    private boolean over;
    private boolean met;

    private Deadline(Channel channel, long end) {
        this.channel = channel;
        this.end = end;
    }

    static Deadline start(Channel channel, int seconds) {
        Deadline deadline = new Deadline(channel, System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds));
        Thread thread = new Thread(null, deadline, "deadline", 0, false);
        thread.setDaemon(true);
        thread.start();
        return deadline;
    }

    synchronized boolean isOver() {
        return over;
    }

    @Override
    public synchronized void run() {
        try {
            long left = end - System.nanoTime();
            while (!met && left > 0) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
                left = end - System.nanoTime();
            }
            over = !met;
            if (over) {
                channel.close();
            }
        } catch (IOException | InterruptedException e) {
            over = true;
        }
    }

    @Override
    public synchronized void close() {
        met = true;
        notifyAll();
    }
}
