package org.jswtpm.engine.differential;

import org.jswtpm.engine.wire.Bytes;

/**
 * A command to which two TPMs have answered differently.
 *
 * @param command what was sent
 * @param ours this engine's response
 * @param theirs swtpm's response
 */
public record Difference(Bytes command, Bytes ours, Bytes theirs) {
    private static final int HEADER_SIZE = 10;
    private static final int COMMAND_CODE_POSITION = 6;

    /** Copies what was sent and answered. */
    public static Difference of(byte[] command, byte[] ours, byte[] theirs) {
        return new Difference(Bytes.copyOf(command), Bytes.copyOf(ours), Bytes.copyOf(theirs));
    }

    /** The command code or ordinal; 0 of a command without one. */
    public int commandCode() {
        return command.size() < HEADER_SIZE ? 0 : Compare.intAt(command.toArray(), COMMAND_CODE_POSITION);
    }

    public int ourCode() {
        return Compare.codeOf(ours.toArray());
    }

    public int theirCode() {
        return Compare.codeOf(theirs.toArray());
    }

    @Override
    public String toString() {
        return "ours 0x%x theirs 0x%x for %s%n  ours %s%n  theirs %s"
                .formatted(ourCode(), theirCode(), command, ours, theirs);
    }
}
