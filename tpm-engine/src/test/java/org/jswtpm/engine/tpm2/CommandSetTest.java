package org.jswtpm.engine.tpm2;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.wire.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Which commands there are, and what a TPM answers to those that its profile does not have. */
class CommandSetTest {
    private static final int ALL = CommandCode.values().length;

    @ParameterizedTest
    @CsvSource({"1, 4", "2, 4", "3, 2", "4, 2", "5, 0", "9, 0"})
    void aHigherLevelKnowsMoreCommands(int stateFormatLevel, int missing) {
        assertEquals(ALL - missing, count(CommandSet.allOf(stateFormatLevel)));
    }

    @Test
    void theNullProfileHasTheCommandsOfTheFirstLevel() {
        assertEquals(110, count(CommandSet.nullProfile()));
    }

    private static int count(CommandSet commands) {
        int count = 0;
        for (CommandCode code : CommandCode.values()) {
            count += commands.isEnabled(code) ? 1 : 0;
        }
        return count;
    }

    @ParameterizedTest
    @EnumSource(names = {"ECC_ENCRYPT", "ECC_DECRYPT", "POLICY_CAPABILITY", "POLICY_PARAMETERS"})
    void whatTheProfileDoesNotHaveIsUnknownWhereverItsCodeComesUp(CommandCode code) {
        Tpm2Fixture tpm = Tpm2Fixture.started();
        tpm.send(TestCommand.of(code)).hasCode(TpmRc.COMMAND_CODE);
        Handle session =
                tpm.startSession(3, Digest.SHA256, Handle.NULL, Bytes.EMPTY, 0).handle();
        tpm.send(TestCommand.of(CommandCode.POLICY_COMMAND_CODE)
                        .handle(session)
                        .parameters("%08x".formatted(code.code())))
                .hasCode(TpmRc.POLICY_CC.parameter(1));
    }

    @SameAsSwtpm
    void unknownCodesAreAnsweredLikeSwtpm(TpmPair both) {
        for (int code :
                new int[] {0x11E, 0x123, 0x12F, 0x141, 0x15A, 0x179, 0x196, 0x198, 0x199, 0x19A, 0x19B, 0x19C, 0x19D}) {
            both.send(TestCommand.of(code)).isIdentical();
        }
    }
}
