package org.jswtpm.engine.tpm2;

import org.jswtpm.engine.tpm2.structure.AlgorithmSet;
import org.jswtpm.engine.wire.WireReader;

/** The parameter area of a command; knows which parameter is being read, so that a fault can be placed. */
public final class ParameterReader {
    private final WireReader in;
    private final AlgorithmSet algorithms;
    private int number;

    /**
     * @param in the octets behind the handle and session areas
     * @param algorithms what the TPM answers to; the structures that name an algorithm ask for it while they are read
     */
    public ParameterReader(WireReader in, AlgorithmSet algorithms) {
        this.in = in;
        this.algorithms = algorithms;
    }

    /** The reader, to read parameter {@code parameterNumber} with. */
    public WireReader at(int parameterNumber) {
        number = parameterNumber;
        return in;
    }

    /** The algorithms of the TPM. */
    public AlgorithmSet algorithms() {
        return algorithms;
    }

    /** The parameter that was begun last, from 1; 0 before the first. */
    public int current() {
        return number;
    }

    /** How many octets are left. */
    public int remaining() {
        return in.remaining();
    }
}
