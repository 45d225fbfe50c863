package org.jswtpm.engine.tpm12;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.jswtpm.engine.tpm12.structure.TpmResult;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;

/** A response, and what a test can say of it. */
public final class Reply {
    static final int HEADER_SIZE = 10;

    private final byte[] octets;
    private final int parametersEnd;

    /** A response to what a test has made by itself. */
    public static Reply of(byte[] octets) {
        return new Reply(octets);
    }

    Reply(byte[] octets) {
        this(octets, octets.length);
    }

    private Reply(byte[] octets, int parametersEnd) {
        this.octets = octets;
        this.parametersEnd = parametersEnd;
    }

    Reply withParameters(int end) {
        return new Reply(octets, end);
    }

    /** The whole response. */
    public Bytes octets() {
        return Bytes.copyOf(octets);
    }

    /** The header and the parameters: what two TPMs can have in common. */
    public Bytes withoutAuthorizations() {
        return Bytes.copyOf(octets, 0, parametersEnd);
    }

    public int tag() {
        return WireReader.over(octets, TpmResult.WIRE_FAULTS).uint16();
    }

    /** The result. */
    public int code() {
        return WireReader.over(octets, TpmResult.WIRE_FAULTS).peekUint32(6);
    }

    /** Without the authorizations. */
    public Bytes parameters() {
        return Bytes.copyOf(octets, HEADER_SIZE, parametersEnd - HEADER_SIZE);
    }

    /** Reads the parameters. */
    public WireReader reader() {
        return WireReader.over(parameters(), TpmResult.WIRE_FAULTS);
    }

    public Reply isSuccess() {
        return hasCode(TpmResult.SUCCESS);
    }

    public Reply hasCode(TpmResult expected) {
        assertEquals(expected.value(), code(), "result of " + octets());
        return this;
    }

    /** In hexadecimal; blanks are allowed. */
    public Reply hasParameters(String hex) {
        isSuccess();
        assertEquals(Bytes.hex(hex), parameters());
        return this;
    }
}
