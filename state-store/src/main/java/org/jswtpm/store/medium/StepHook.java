package org.jswtpm.store.medium;

import java.io.IOException;

/** Is told of each step of a write; by throwing it makes the write fail, or the process end, at that very place. */
@FunctionalInterface
public interface StepHook {
    /** Does nothing. A class of its own, as the first lambda of a process costs milliseconds. */
    StepHook NONE = new StepHook() {
        @Override
        public void done(WriteStep step) {}
    };

    /** Called when {@code step} is done. */
    void done(WriteStep step) throws IOException;
}
