package org.jswtpm.server.platform;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Tells one thread when a TPM that was used has been left alone for a while. A use costs it next to nothing. */
public final class Idleness {
    private final long enoughNanos;
    private final LongSupplier clock;
    private volatile long lastUse;
    private volatile boolean used;

    Idleness(long enoughNanos, LongSupplier clock) {
        this.enoughNanos = enoughNanos;
        this.clock = clock;
    }

    /** Something was done. */
    void use() {
        lastUse = clock.getAsLong();
        if (!used) {
            wake();
        }
    }

    private synchronized void wake() {
        used = true;
        notifyAll();
    }

    /** Waits until there has been a use since the last call, and none for long enough. */
    public synchronized void await() throws InterruptedException {
        while (!used) {
            wait();
        }
        for (long rest = rest(); rest > 0; rest = rest()) {
            TimeUnit.NANOSECONDS.timedWait(this, rest);
        }
        used = false;
    }

    private long rest() {
        return enoughNanos - (clock.getAsLong() - lastUse);
    }
}
