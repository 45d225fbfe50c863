package org.jswtpm.server.platform;

import java.util.concurrent.TimeUnit;
import org.jswtpm.engine.Tpm;
import org.jswtpm.server.log.Log;

/**
 * Has the TPM find primes while nobody wants anything from it, so that the next RSA key is made at once. Its one thread begins
 * with the first command that makes keys; a TPM that makes none pays nothing.
 */
final class IdleSearch implements Runnable {
    private static final int CC_CREATE = 0x153;
    private static final int CC_CREATE_LOADED = 0x191;
    /** Those of a TPM 1.2; no command of a TPM 2.0 has such a code. */
    private static final int ORD_CMK_CREATE_KEY = 0x13;

    private static final int ORD_CREATE_WRAP_KEY = 0x1f;
    private static final int ORD_MAKE_IDENTITY = 0x79;

    /** How long no command must have come. */
    private static final long IDLE_NANOS = 100_000_000;

    private final Tpm tpm;
    private final Log log;
    private volatile long lastUse;
    private boolean started;
    private boolean wanted;
    private boolean told;

    IdleSearch(Tpm tpm, Log log) {
        this.tpm = tpm;
        this.log = log;
    }

    /** A command begins. */
    void commandBegins() {
        lastUse = System.nanoTime();
    }

    /** A command with this code has ended. */
    void commandEnded(int code) {
        lastUse = System.nanoTime();
        switch (code) {
            case CC_CREATE, CC_CREATE_LOADED, ORD_CMK_CREATE_KEY, ORD_CREATE_WRAP_KEY, ORD_MAKE_IDENTITY -> want();
            default -> {}
        }
    }

    private synchronized void want() {
        wanted = true;
        if (started) {
            notifyAll();
        } else {
            started = true;
            Thread thread = new Thread(this, "idle search");
            thread.setDaemon(true);
            thread.setPriority(Thread.MIN_PRIORITY);
            try {
                thread.start();
            } catch (OutOfMemoryError e) {
                // no thread to be had: the next key is asked for again
                started = false;
            }
        }
    }

    @Override
    public void run() {
        try {
            while (true) {
                awaitWish();
                boolean more = true;
                while (more) {
                    awaitIdleness();
                    more = findPrime();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A fault is told once. It ends the search until the next key is made, which then waits for its primes as if there were none. */
    private boolean findPrime() {
        try {
            return tpm.findPrime();
        } catch (RuntimeException | Error e) {
            if (!told) {
                told = true;
                log.fault("the search for primes", e);
            }
            return false;
        }
    }

    private synchronized void awaitWish() throws InterruptedException {
        while (!wanted) {
            wait();
        }
        wanted = false;
    }

    private synchronized void awaitIdleness() throws InterruptedException {
        long rest = IDLE_NANOS - (System.nanoTime() - lastUse);
        while (rest > 0) {
            TimeUnit.NANOSECONDS.timedWait(this, rest);
            rest = IDLE_NANOS - (System.nanoTime() - lastUse);
        }
    }
}
