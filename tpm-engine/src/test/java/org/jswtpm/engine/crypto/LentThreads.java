package org.jswtpm.engine.crypto;

import java.util.ArrayList;
import java.util.List;

/** Hosts that lend threads, some of them badly. */
enum LentThreads {
    NONE,
    ONE,
    THREE,
    /** The task is taken and never run. */
    NEVER_RUN,
    /** The task is run when it is all over. */
    TOO_LATE,
    /** The thread is told to end before it has begun. */
    INTERRUPTED;

    /** The threads and tasks of one test. */
    final class Host implements Helpers {
        private final List<Thread> threads = new ArrayList<>();
        private final List<Runnable> late = new ArrayList<>();

        @Override
        public boolean tryRun(Runnable task) {
            switch (LentThreads.this) {
                case NONE -> {
                    return false;
                }
                case ONE, THREE -> {
                    int most = LentThreads.this == ONE ? 1 : 3;
                    if (threads.stream().filter(Thread::isAlive).count() >= most) {
                        return false;
                    }
                    start(task);
                }
                case NEVER_RUN, TOO_LATE -> late.add(task);
                case INTERRUPTED ->
                    start(() -> {
                        Thread.currentThread().interrupt();
                        task.run();
                    });
            }
            return true;
        }

        private void start(Runnable task) {
            Thread thread = new Thread(task);
            threads.add(thread);
            thread.start();
        }

        /** Returns when no thread is left; it would wait for ever for one that is left behind. */
        void awaitEnd() throws InterruptedException {
            if (LentThreads.this == TOO_LATE) {
                late.forEach(Runnable::run);
            }
            for (Thread thread : threads) {
                thread.join();
            }
        }
    }

    Host host() {
        return new Host();
    }
}
