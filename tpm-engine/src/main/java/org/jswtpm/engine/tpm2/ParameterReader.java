package org.jswtpm.engine.tpm2;

import org.jswtpm.engine.wire.WireReader;

/** The parameter area of a command; knows which parameter is being read, so that a fault can be placed. */
public final class ParameterReader {
    private final WireReader in;
    private int number;

    public ParameterReader(WireReader in) {
        this.in = in;
    }

    /** The reader, to read parameter {@code parameterNumber} with. */
    public WireReader at(int parameterNumber) {
        number = parameterNumber;
        return in;
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
