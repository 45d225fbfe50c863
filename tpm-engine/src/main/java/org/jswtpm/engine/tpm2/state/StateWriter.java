package org.jswtpm.engine.tpm2.state;

import org.jswtpm.engine.wire.WireWriter;

/** What the structures of a state have in common, on the way out. */
final class StateWriter {
    private StateWriter() {}

    /** Writes the header of {@code block}. */
    static void header(WireWriter out, StateBlock block) {
        out.uint16(block.written()).uint32(block.magic()).uint16(block.minWritten());
    }

    /** Writes the header of {@code block} in {@code version}, which only readers of that version understand. */
    static void header(WireWriter out, StateBlock block, int version) {
        out.uint16(version).uint32(block.magic()).uint16(version);
    }

    /** Begins a skip block; give the result to {@link WireWriter#endSized2}. */
    static int beginBlock(WireWriter out) {
        out.uint8(1);
        return out.beginSized2();
    }

    /** Writes a skip block that is not there. */
    static void noBlock(WireWriter out) {
        out.uint8(0).uint16(0);
    }

    /** Writes the empty skip block that stands for the versions to come. */
    static void end(WireWriter out) {
        out.uint8(1).uint16(0);
    }

    static void bool(WireWriter out, boolean value) {
        out.uint8(value ? 1 : 0);
    }
}
