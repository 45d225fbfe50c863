package org.jswtpm.engine.tpm2;

import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.wire.WireWriter;

/**
 * One TPM 2.0 command: its parameters and its action. All else (tag, handles, authorization, parameter encryption, audit,
 * NV) is done by the pipeline from the command's row in {@link CommandCode}.
 *
 * @param <I> what the command takes
 * @param <O> what it gives
 */
public interface Command<I, O> {
    /** Reads the parameters, each at its number; the pipeline places a fault at the parameter read last. */
    I unmarshal(Handles handles, ParameterReader in);

    /**
     * Validates everything, then changes state, then returns. A command that throws leaves no trace.
     *
     * @throws org.jswtpm.engine.wire.TpmException with the response code
     */
    O execute(I in, TpmState tpm);

    /** Writes the response's parameters; the handle is not among them. A command without any leaves this as it is. */
    default void marshal(O out, WireWriter response) {}

    /** The handle of the response, for the commands whose row says that it has one. */
    default Handle responseHandle(O out) {
        throw new IllegalStateException("the response has no handle area");
    }
}
