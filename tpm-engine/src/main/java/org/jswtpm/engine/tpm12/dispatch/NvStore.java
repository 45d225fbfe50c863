package org.jswtpm.engine.tpm12.dispatch;

import java.io.IOException;

/** Keeps the permanent state. */
@FunctionalInterface
public interface NvStore {
    /** Commits the permanent state as it is now. */
    void commit() throws IOException;
}
