package org.jswtpm.engine.tpm2;

/**
 * Which commands a TPM answers to: what its profile leaves of the ones that are built in. What is switched off is unknown to
 * the TPM, wherever its code comes up.
 *
 * <p>Immutable.
 */
public final class CommandSet {
    private static final CommandSet NULL_PROFILE = allOf(1);

    private final int stateFormatLevel;

    private CommandSet(int stateFormatLevel) {
        this.stateFormatLevel = stateFormatLevel;
    }

    /** The set of the null profile: the commands of libtpms 0.9. */
    public static CommandSet nullProfile() {
        return NULL_PROFILE;
    }

    /** All commands that {@code stateFormatLevel} knows. */
    public static CommandSet allOf(int stateFormatLevel) {
        return new CommandSet(stateFormatLevel);
    }

    /** Whether the TPM has the command. */
    public boolean isEnabled(CommandCode code) {
        return code.stateFormatLevel() <= stateFormatLevel;
    }
}
