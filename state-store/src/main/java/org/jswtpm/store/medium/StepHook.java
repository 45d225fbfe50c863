package org.jswtpm.store.medium;

import java.io.IOException;

/** Is told of each step of a write; by throwing it makes the write fail, or the process end, at that very place. */
@FunctionalInterface
public interface StepHook {
    /** Called when {@code step} is done. */
    void done(WriteStep step) throws IOException;
}
