package org.jswtpm.tools.setup;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import org.jswtpm.tools.log.Reason;
import org.jswtpm.tools.log.ToolLog;

/**
 * What a set-up has to take away again, at its end or where it does not come to one: by a failure, or by a signal that ends
 * the process.
 */
final class Unfinished implements AutoCloseable {
    /** Takes something away. */
    @FunctionalInterface
    interface Step {
        void run() throws IOException, SetupException;
    }

    private record Removal(Step step, boolean always) {}

    private final ToolLog log;
    private final Deque<Removal> removals = new ArrayDeque<>();
    private final Thread hook = new Thread(this::takeAway, "take away");
    private boolean kept;
    private boolean over;

    Unfinished(ToolLog log) {
        this.log = log;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** What is to be done at the end, however it comes. The last that was added is done first. */
    synchronized void atTheEnd(Step step) throws SetupException {
        add(step, true);
    }

    /** What is to be done unless the set-up comes to its end. */
    synchronized void unlessKept(Step step) throws SetupException {
        add(step, false);
    }

    private void add(Step step, boolean always) throws SetupException {
        removals.push(new Removal(step, always));
        if (over) {
            takeAway();
            throw interrupted();
        }
    }

    /** The last step, behind which all is kept. A signal comes before it or after it. */
    synchronized void keep(Step last) throws IOException, SetupException {
        if (over) {
            throw interrupted();
        }
        last.run();
        kept = true;
    }

    private static SetupException interrupted() {
        return new SetupException("The set-up was interrupted.");
    }

    private synchronized void takeAway() {
        over = true;
        while (!removals.isEmpty()) {
            Removal removal = removals.pop();
            if (removal.always || !kept) {
                run(removal.step);
            }
        }
    }

    private void run(Step step) {
        try {
            step.run();
        } catch (SetupException e) {
            log.complain(e.getMessage());
        } catch (IOException e) {
            log.complain("Could not remove what is not needed any more: " + Reason.of(e));
        }
    }

    @Override
    public void close() {
        takeAway();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            awaitSignal();
        }
    }

    /** A signal ends the process already: with its status, which nobody here must overtake. */
    private static void awaitSignal() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
