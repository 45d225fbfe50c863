package org.jswtpm.engine.tpm2.command.capability;

import java.util.BitSet;
import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.CommandSet;

/** The lists of commands: TPM_CAP_COMMANDS, _PP_COMMANDS and _AUDIT_COMMANDS. */
final class CommandCapability {
    /** Bits of a command code that a list can begin with; vendor commands are others, and there are none. */
    private static final int CODE_MASK = 0xFFFF;

    private static final CommandCode[] ROWS = CommandCode.values();

    private CommandCapability() {}

    /** Adds the attributes of all commands from {@code first}. */
    static void addCommands(int first, CommandSet commands, CapabilityList list) {
        for (CommandCode row : ROWS) {
            if (isFrom(first, row.code()) && commands.isEnabled(row) && !list.add(row.attributes())) {
                return;
            }
        }
    }

    /** Adds the commands of {@code codes} from {@code first}. */
    static void addAll(BitSet codes, int first, CapabilityList list) {
        for (int code = codes.nextSetBit(0); code >= 0; code = codes.nextSetBit(code + 1)) {
            if (isFrom(first, code) && !list.add(code)) {
                return;
            }
        }
    }

    /** How many commands there are. */
    static int count(CommandSet commands) {
        int count = 0;
        for (CommandCode row : ROWS) {
            count += commands.isEnabled(row) ? 1 : 0;
        }
        return count;
    }

    private static boolean isFrom(int first, int code) {
        return (first & ~CODE_MASK) == 0 && code >= first;
    }
}
