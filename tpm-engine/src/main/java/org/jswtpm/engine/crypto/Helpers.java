package org.jswtpm.engine.crypto;

/** The threads of the host that compute beside the one that runs a command. Nothing depends on them but time. */
@FunctionalInterface
public interface Helpers {
    /** For what is computed by one thread. */
    Helpers NONE = task -> false;

    /**
     * Has another thread run the task, now or a little later.
     *
     * @return false if no thread is to be had; then the task is not run
     */
    boolean tryRun(Runnable task);
}
