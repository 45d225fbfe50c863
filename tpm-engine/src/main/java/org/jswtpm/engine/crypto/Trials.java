package org.jswtpm.engine.crypto;

import java.math.BigInteger;
import java.util.ArrayDeque;

/**
 * Rounds of {@link MillerRabin} that are done side by side: by the one who wants their results, and by the helpers that the host
 * lends. A helper that comes late, or never, or that fails, costs time only: what nobody has begun its owner does.
 */
final class Trials implements Runnable, AutoCloseable {
    /** More would mostly test what nobody asks for: one in about forty candidates is a prime. */
    private static final int MOST_HELPERS = 7;

    /** Longer than a round takes. */
    private static final int PATIENCE_MILLIS = 3;

    private final Helpers helpers;
    private final ArrayDeque<Trial> untouched = new ArrayDeque<>();
    private int lent;
    private int working;
    private boolean closed;
    private boolean interrupted;

    Trials(Helpers helpers) {
        this.helpers = helpers;
    }

    /** A round that may be done already, is being done, or waits. */
    static final class Trial {
        private final MillerRabin test;
        private final BigInteger base;
        private boolean done;
        private boolean passed;

        private Trial(MillerRabin test, BigInteger base) {
            this.test = test;
            this.base = base;
        }
    }

    /** How many trials are worth beginning before the first result is asked for: one where nobody helps. */
    int depth() {
        while (lent < MOST_HELPERS && helpers.tryRun(this)) {
            lent++;
        }
        return lent == 0 ? 1 : 2 * (lent + 1);
    }

    /** Has a round done, the last of those that wait. */
    synchronized Trial add(MillerRabin test, BigInteger base) {
        Trial trial = new Trial(test, base);
        untouched.add(trial);
        notifyAll();
        return trial;
    }

    /** The result of a round. While another thread is at it, this one does the rounds that wait. */
    boolean passes(Trial wanted) {
        Trial mine = take(wanted);
        while (mine != null) {
            boolean passed = mine.test.passes(mine.base);
            end(mine, passed);
            mine = take(wanted);
        }
        return wanted.passed;
    }

    /**
     * What its owner does next, the wanted one first; null once that one is done. A helper that is far behind the others has lost its
     * processor: then its round is done once more.
     */
    private synchronized Trial take(Trial wanted) {
        if (!wanted.done && !untouched.remove(wanted)) {
            Trial next = untouched.poll();
            if (next != null) {
                return next;
            }
            awaitChange(PATIENCE_MILLIS);
        }
        return wanted.done ? null : wanted;
    }

    private synchronized void end(Trial trial, boolean passed) {
        trial.done = true;
        trial.passed = passed;
        notifyAll();
    }

    /** Drops the rounds that nobody has begun: their results are not wanted any more. */
    synchronized void forget() {
        untouched.clear();
    }

    /** What a helper does until it is all over. */
    @Override
    public void run() {
        Trial trial = join();
        try {
            while (trial != null) {
                boolean passed = trial.test.passes(trial.base);
                end(trial, passed);
                trial = next();
            }
        } finally {
            leave(trial);
        }
    }

    private synchronized Trial join() {
        working++;
        return next();
    }

    private synchronized Trial next() {
        try {
            while (!closed && untouched.isEmpty()) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
        return closed ? null : untouched.poll();
    }

    /** @param unfinished what the helper has failed at and another one does; null if nothing */
    private synchronized void leave(Trial unfinished) {
        if (unfinished != null) {
            untouched.addFirst(unfinished);
        }
        working--;
        notifyAll();
    }

    /** Drops what waits and returns once no helper is at work any more, which takes no longer than a round. */
    @Override
    public synchronized void close() {
        closed = true;
        untouched.clear();
        notifyAll();
        while (working > 0) {
            awaitChange(0);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Something changes soon, so an interruption of the owner can wait until all is over. */
    private void awaitChange(long millis) {
        try {
            wait(millis);
        } catch (InterruptedException e) {
            interrupted = true;
        }
    }
}
