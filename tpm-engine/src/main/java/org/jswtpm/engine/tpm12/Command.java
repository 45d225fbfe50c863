package org.jswtpm.engine.tpm12;

import org.jswtpm.engine.wire.WireWriter;

/**
 * One TPM 1.2 command: its parameters and its action. What its row in {@link Ordinal} says (states in which it runs, tags,
 * audit), and the parameter digests, are done by the pipeline.
 *
 * @param <I> what the command takes
 * @param <O> what it gives
 */
public interface Command<I, O> {
    /** Reads the parameters above the double line. A command without any leaves this as it is. */
    default I unmarshal(ParameterReader in) {
        return null;
    }

    /**
     * Authorizes, validates everything, then changes state, then returns. A command that throws leaves no trace, but for failed
     * authorizations and what the specification asks for.
     *
     * @throws org.jswtpm.engine.wire.TpmException with the result
     */
    O execute(I in, TpmState tpm, Authorizations auth);

    /** Writes the response's parameters that stand before those that count in the digest: a handle, a nonce. */
    default void marshalUndigested(O out, WireWriter response) {}

    /** Writes the response's parameters. A command without any leaves this as it is. */
    default void marshal(O out, WireWriter response) {}
}
