package org.jswtpm.engine.tpm2;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.EnumSet;
import java.util.Set;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.wire.Bytes;
import org.junit.jupiter.api.Test;

/**
 * The parameters of each command as they are read, before anything is done with them. An octet behind the last one keeps a command
 * from being done: it is answered SIZE, if there is no fault before it.
 */
class CommandParametersTest {
    /** Their authorization, or the state of the TPM, is refused before a parameter is read. */
    private static final Set<CommandCode> NOT_READ = EnumSet.of(
            CommandCode.STARTUP,
            CommandCode.PP_COMMANDS,
            CommandCode.DUPLICATE,
            CommandCode.NV_CHANGE_AUTH,
            CommandCode.NV_UNDEFINE_SPACE_SPECIAL);

    @Test
    void eachCommandHasARow() {
        CommandSet commands = CommandSet.nullProfile();
        Set<CommandCode> left = EnumSet.allOf(CommandCode.class);
        left.removeIf(code -> !commands.isEnabled(code));
        GoodCommands.rows().forEach(row -> left.remove(row.code()));
        assertEquals(NOT_READ, left);
    }

    @SameAsSwtpm
    void otherLengthsAreRefusedLikeBySwtpm(TpmPair both) {
        GoodCommands.prepare(both);
        for (GoodCommands.Row row : GoodCommands.rows()) {
            both.send(row.command().parameters("00")).isIdentical().ours().hasCode(TpmRc.SIZE);
            both.refuseOtherLengths(row.command());
        }
    }

    /** Each octet is changed to several others, of which the last parameter may take the one behind it. */
    @SameAsSwtpm
    void otherOctetsAreReadLikeBySwtpm(TpmPair both) {
        GoodCommands.prepare(both);
        for (GoodCommands.Row row : GoodCommands.rows()) {
            byte[] parameters = Bytes.hex(row.parameters()).toArray();
            for (int at = 0; at < parameters.length; at++) {
                for (int change : new int[] {0x01, 0x04, 0x10, 0x20, 0x40, 0x80, 0xff}) {
                    byte[] changed = parameters.clone();
                    changed[at] ^= (byte) change;
                    compare(both, row.code(), Bytes.wrap(changed).then(Bytes.zeros(1)));
                }
            }
        }
    }

    private static void compare(TpmPair both, CommandCode code, Bytes parameters) {
        TpmPair.Answers answers = both.send(GoodCommands.of(code).parameters(parameters));
        TpmRc expected = answers.swtpm().code();
        boolean isAttributeSince010 = expected.equals(TpmRc.RESERVED_BITS.parameter(2))
                && answers.ours().code().equals(TpmRc.SIZE);
        if (!isAttributeSince010) {
            assertEquals(expected, answers.ours().code(), code + " " + parameters);
        }
    }
}
