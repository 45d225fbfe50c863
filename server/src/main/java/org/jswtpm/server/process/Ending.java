package org.jswtpm.server.process;

import java.util.ArrayList;
import java.util.List;

/**
 * The one way this process ends, whoever asks for it: CMD_SHUTDOWN, a signal, a client that has gone.
 *
 * <p>What was registered is closed, the last thing first; then the process exits at once. SIGTERM, SIGINT and SIGHUP run
 * it as a shutdown hook, which leaves with the status of its own, 0, as swtpm does, where the VM would report the
 * signal.
 */
public final class Ending {
    /** Leaves the process. */
    public interface Exit {
        /** Does not return, but in a test. */
        void exit(int status);
    }

    private final Exit exit;
    private final List<AutoCloseable> steps = new ArrayList<>();
    private volatile boolean begun;

    /** @param exit how the process is left when all steps are done */
    public Ending(Exit exit) {
        this.exit = exit;
    }

    /** An ending that halts the VM and serves as its shutdown hook. */
    public static Ending ofProcess() {
        Ending ending = new Ending(new Halt());
        Runtime.getRuntime().addShutdownHook(new Thread(new Hook(ending), "ending"));
        return ending;
    }

    /**
     * Has {@code step} closed at the end, before all that was registered earlier.
     *
     * <p>What leaves a trace outside this process, such as a file, is made and registered while this ending is locked: an
     * end that begins meanwhile waits for it, and once one has begun nothing is made any more.
     */
    public synchronized void register(AutoCloseable step) {
        steps.add(step);
    }

    /** Whether {@link #end} has been called; what fails from then on is no news. */
    public boolean hasBegun() {
        return begun;
    }

    /** Ends the process. A second call waits for the first. */
    public synchronized void end(int status) {
        begun = true;
        while (!steps.isEmpty()) {
            try {
                steps.removeLast().close();
            } catch (Exception e) {
                // the other steps matter more than a report of this one
            }
        }
        exit.exit(status);
    }

    private static final class Halt implements Exit {
        @Override
        public void exit(int status) {
            Runtime.getRuntime().halt(status);
        }
    }

    private static final class Hook implements Runnable {
        private final Ending ending;

        Hook(Ending ending) {
            this.ending = ending;
        }

        @Override
        public void run() {
            ending.end(0);
        }
    }
}
