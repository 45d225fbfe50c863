package org.jswtpm.engine.tpm2;

import java.util.BitSet;

/**
 * Which commands a TPM answers to: what its profile leaves of the ones that are built in. What is switched off is unknown to
 * the TPM, wherever its code comes up.
 *
 * <p>Immutable.
 */
public final class CommandSet {
    private static final CommandSet NULL_PROFILE = allOf(1);

    /** By the position of the command's row. */
    private final boolean[] enabled;

    private CommandSet(boolean[] enabled) {
        this.enabled = enabled;
    }

    /** The set of the null profile: the commands of libtpms 0.9. */
    public static CommandSet nullProfile() {
        return NULL_PROFILE;
    }

    /** All commands that {@code stateFormatLevel} knows. */
    public static CommandSet allOf(int stateFormatLevel) {
        CommandCode[] rows = CommandCode.values();
        boolean[] enabled = new boolean[rows.length];
        for (int i = 0; i < rows.length; i++) {
            enabled[i] = rows[i].stateFormatLevel() <= stateFormatLevel;
        }
        return new CommandSet(enabled);
    }

    /** The commands with these codes. */
    public static CommandSet of(BitSet codes) {
        CommandCode[] rows = CommandCode.values();
        boolean[] enabled = new boolean[rows.length];
        for (int i = 0; i < rows.length; i++) {
            enabled[i] = codes.get(rows[i].code());
        }
        return new CommandSet(enabled);
    }

    /** Whether the TPM has the command. */
    public boolean isEnabled(CommandCode code) {
        return enabled[code.ordinal()];
    }

    /** The command with the highest code. */
    public CommandCode last() {
        CommandCode[] rows = CommandCode.values();
        int last = rows.length - 1;
        while (!enabled[last]) {
            last--;
        }
        return rows[last];
    }
}
