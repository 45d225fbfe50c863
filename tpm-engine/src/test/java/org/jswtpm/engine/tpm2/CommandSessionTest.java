package org.jswtpm.engine.tpm2;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.wire.Bytes;

/** Each command with a session behind its authorizations, of every kind and with every attribute, and without a right HMAC. */
class CommandSessionTest {
    private static final int[] SESSIONS = {
        0x0200_0000, 0x0200_0001, 0x0200_0040, 0x0300_0001, 0x0300_0000, 0x4000_0009, 0x4000_0007, 0x8000_0000
    };

    private static final int[] ATTRIBUTES = {
        0x00, 0x02, 0x04, 0x08, 0x10, 0x20, 0x40, 0x60, 0x80, 0x82, 0x84, 0xa0, 0xe0
    };

    /** Keeps the session if the command is done after all, since no HMAC was asked for. */
    private static final int CONTINUE = 0x01;

    /** Of a parameter of one octet, and the size of an HMAC that is empty. */
    private static final int OCTETS_BEHIND_ATTRIBUTES = 1 + 2;

    private static ClientSession session(int handle) {
        return ClientSession.started(new Handle(handle), Digest.SHA256, 0, Bytes.EMPTY, Bytes.EMPTY)
                .plainPassword();
    }

    @SameAsSwtpm
    void eachIsTakenOrRefusedLikeBySwtpm(TpmPair both) {
        GoodCommands.prepare(both);
        CommandSet commands = CommandSet.nullProfile();
        for (CommandCode row : CommandCode.values()) {
            for (int i = 0; commands.isEnabled(row) && i < SESSIONS.length; i++) {
                for (int attributes : ATTRIBUTES) {
                    TestCommand command =
                            GoodCommands.of(row).session(session(SESSIONS[i])).parameters("00");
                    byte[] octets = command.toArray();
                    octets[octets.length - OCTETS_BEHIND_ATTRIBUTES - 1] = (byte) (attributes | CONTINUE);
                    TpmPair.Answers answers = both.send(command, octets);
                    assertEquals(
                            answers.swtpm().code(),
                            answers.ours().code(),
                            "%s with %08x and attributes %02x".formatted(row, SESSIONS[i], attributes));
                }
            }
        }
    }
}
