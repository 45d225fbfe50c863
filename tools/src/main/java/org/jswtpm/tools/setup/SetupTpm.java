package org.jswtpm.tools.setup;

/** A TPM that is being set up. It is started up; {@link #close} takes its power away. */
interface SetupTpm extends AutoCloseable {
    /** Runs a command, and returns the whole response. */
    byte[] execute(byte[] command) throws SetupException;

    /** What the TPM says of itself, as JSON in the form of libtpms' TPMLIB_GetInfo. */
    String info(long flags) throws SetupException;

    /** Ends it in an orderly way, so that its state is at its place. */
    void finish() throws SetupException;

    @Override
    void close() throws SetupException;
}
