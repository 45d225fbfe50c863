package org.jswtpm.engine.tpm2.profile;

import java.util.BitSet;
import org.jswtpm.engine.ProfileException;
import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.CommandSet;

/**
 * The commands of a profile as text: codes and ranges of codes, with commas between them.
 *
 * @param text as it was given, or with what the level does not allow left out
 * @param commands what it means
 * @param stateFormatLevel the level that these commands need
 */
record CommandList(String text, CommandSet commands, int stateFormatLevel) {
    /**
     * Reads a list.
     *
     * @param maxLevel commands that need a higher level are an error
     * @param leaveOut or, instead, are left out
     */
    static CommandList parse(String text, int maxLevel, boolean leaveOut) throws ProfileException {
        BitSet codes = new BitSet();
        int level = 0;
        boolean leftOut = false;
        for (String range : WordList.words(text)) {
            int dash = range.indexOf('-');
            int first = code(range, dash < 0 ? range : range.substring(0, dash));
            int last = dash < 0 ? first : code(range, range.substring(dash + 1));
            for (int code = first; code <= last; code++) {
                CommandCode row = CommandCode.of(code);
                if (row == null) {
                    throw new ProfileException("The profile asks for the command 0x" + Integer.toHexString(code)
                            + ", which is not implemented");
                }
                if (row.stateFormatLevel() > maxLevel) {
                    if (!leaveOut) {
                        throw new ProfileException("The profile asks for the command 0x" + Integer.toHexString(code)
                                + ", which needs StateFormatLevel " + row.stateFormatLevel() + ", but allows "
                                + maxLevel);
                    }
                    leftOut = true;
                } else {
                    codes.set(code);
                    level = Math.max(level, row.stateFormatLevel());
                }
            }
        }
        checkNeeded(codes);
        CommandSet commands = CommandSet.of(codes);
        return new CommandList(leftOut ? ranges(commands::isEnabled) : text, commands, level);
    }

    private static void checkNeeded(BitSet codes) throws ProfileException {
        for (CommandCode row : CommandCode.values()) {
            if (!canBeDisabled(row) && !codes.get(row.code())) {
                throw new ProfileException("The profile must have the command 0x" + Integer.toHexString(row.code()));
            }
        }
    }

    private static int code(String range, String number) throws ProfileException {
        try {
            return Integer.decode(number.strip());
        } catch (NumberFormatException e) {
            throw new ProfileException("The profile has a range of commands that cannot be read: " + range);
        }
    }

    /** Which of the commands a text names. */
    interface Choice {
        boolean has(CommandCode row);
    }

    /** The codes of some commands, as ranges. */
    static String ranges(Choice choice) {
        StringBuilder ranges = new StringBuilder();
        int first = 0;
        int last = 0;
        for (CommandCode row : CommandCode.values()) {
            if (choice.has(row)) {
                if (row.code() != last + 1) {
                    append(ranges, first, last);
                    first = row.code();
                }
                last = row.code();
            }
        }
        append(ranges, first, last);
        return ranges.toString();
    }

    private static void append(StringBuilder ranges, int first, int last) {
        if (first == 0) {
            return;
        }
        ranges.append(ranges.isEmpty() ? "0x" : ",0x").append(Integer.toHexString(first));
        if (last != first) {
            ranges.append("-0x").append(Integer.toHexString(last));
        }
    }

    /** Not those that a guest or swtpm_setup cannot do without. */
    static boolean canBeDisabled(CommandCode row) {
        return switch (row) {
            case EVICT_CONTROL,
                    HIERARCHY_CHANGE_AUTH,
                    PCR_ALLOCATE,
                    CREATE_PRIMARY,
                    PCR_EVENT,
                    SELF_TEST,
                    STARTUP,
                    SHUTDOWN,
                    CERTIFY,
                    NV_READ,
                    CREATE,
                    IMPORT,
                    LOAD,
                    QUOTE,
                    SEQUENCE_UPDATE,
                    FLUSH_CONTEXT,
                    NV_READ_PUBLIC,
                    READ_PUBLIC,
                    START_AUTH_SESSION,
                    GET_CAPABILITY,
                    GET_TEST_RESULT,
                    HASH,
                    PCR_READ,
                    PCR_EXTEND,
                    EVENT_SEQUENCE_COMPLETE,
                    HASH_SEQUENCE_START -> false;
            default -> true;
        };
    }
}
