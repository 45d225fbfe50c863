package org.jswtpm.engine.tpm2;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;

/** The answer to a {@link TestCommand}; the HMACs of its sessions have been checked. */
public final class Answer {
    private final TestCommand command;
    private final Bytes octets;

    Answer(TestCommand command, byte[] octets) {
        this.command = command;
        this.octets = Bytes.wrap(octets);
    }

    /** The whole response. */
    public Bytes octets() {
        return octets;
    }

    /** The response code. */
    public TpmRc code() {
        return new TpmRc(reader(6).uint32());
    }

    /** Expects this response code. */
    public Answer hasCode(TpmRc expected) {
        assertEquals(hex(expected), hex(code()), "response code");
        return this;
    }

    /** Expects success. */
    public Answer isSuccess() {
        return hasCode(TpmRc.SUCCESS);
    }

    /** Expects success with these parameters, in hexadecimal; blanks are allowed. */
    public Answer hasParameters(String expected) {
        assertEquals(Bytes.hex(expected), parameters());
        return this;
    }

    /** The parameters of a response that was a success. */
    public Bytes parameters() {
        isSuccess();
        int offset = 10 + (returnsHandle() ? 4 : 0);
        WireReader in = reader(offset);
        return hasSessions() ? in.bytes(in.uint32()) : in.bytes(in.remaining());
    }

    /** Reads the parameters of a response that was a success. */
    public WireReader read() {
        return WireReader.over(parameters(), TpmRc.WIRE_FAULTS);
    }

    /** The handle of a response that was a success. */
    public Handle handle() {
        isSuccess();
        return Handle.unmarshal(reader(10));
    }

    /** The session area; empty without sessions. */
    Bytes sessionArea() {
        if (!hasSessions()) {
            return Bytes.EMPTY;
        }
        WireReader in = reader(10 + (returnsHandle() ? 4 : 0));
        in.skip(in.uint32());
        return in.bytes(in.remaining());
    }

    private boolean hasSessions() {
        return reader(0).uint16() == 0x8002;
    }

    private boolean returnsHandle() {
        return CommandCode.of(command.code()).returnsHandle();
    }

    private WireReader reader(int offset) {
        WireReader in = WireReader.over(octets, TpmRc.WIRE_FAULTS);
        in.skip(offset);
        return in;
    }

    private static String hex(TpmRc code) {
        return "0x" + Integer.toHexString(code.value());
    }
}
