package org.jswtpm.engine.tpm2.dispatch;

import java.io.IOException;

/** Where the pipeline has changes committed that a command made to NV. */
@FunctionalInterface
public interface NvStore {
    /**
     * Keeps the permanent state as it is now.
     *
     * @throws IOException if it cannot be kept; the TPM enters failure mode then
     */
    void commit() throws IOException;
}
