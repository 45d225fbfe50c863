package org.jswtpm.engine.tpm2.command.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.SameAsSwtpm;
import org.jswtpm.engine.tpm2.TestCommand;
import org.jswtpm.engine.tpm2.TpmPair;
import org.jswtpm.engine.tpm2.structure.Handle;

/** Two policy commands in one session: what the first has set may keep the second from being taken. */
class PolicyPairsTest {
    private static final String DIGEST = "0020" + "5a".repeat(32);
    private static final String OTHER_DIGEST = "0020" + "5b".repeat(32);
    private static final String KEY = "0022 000b" + "5a".repeat(32);

    /** @param parameters in hexadecimal */
    private record Assertion(CommandCode code, String parameters) {
        TestCommand in(Handle session) {
            TestCommand command = TestCommand.of(code);
            if (code == CommandCode.POLICY_SECRET) {
                command = command.handle(Handle.OWNER).password("");
            }
            return command.handle(session).parameters(parameters);
        }
    }

    /** Without a second template, which libtpms 0.9 answers VALUE instead of CPHASH. */
    private static List<Assertion> assertions() {
        return List.of(
                new Assertion(CommandCode.POLICY_SECRET, "0000 0000 0000 00000000"),
                new Assertion(CommandCode.POLICY_SECRET, "0000" + DIGEST + "0000 00000e10"),
                new Assertion(CommandCode.POLICY_SECRET, "0000" + OTHER_DIGEST + "0000 00000000"),
                new Assertion(CommandCode.POLICY_OR, "00000002" + DIGEST + OTHER_DIGEST),
                new Assertion(CommandCode.POLICY_OR, "00000002 0020" + "00".repeat(32) + DIGEST),
                new Assertion(CommandCode.POLICY_PCR, "0000 00000001 000b 03 000001"),
                new Assertion(CommandCode.POLICY_LOCALITY, "01"),
                new Assertion(CommandCode.POLICY_LOCALITY, "02"),
                new Assertion(CommandCode.POLICY_LOCALITY, "20"),
                new Assertion(CommandCode.POLICY_LOCALITY, "21"),
                new Assertion(CommandCode.POLICY_COUNTER_TIMER, "0001 00 0000 0009"),
                new Assertion(CommandCode.POLICY_COMMAND_CODE, "0000015d"),
                new Assertion(CommandCode.POLICY_COMMAND_CODE, "0000014b"),
                new Assertion(CommandCode.POLICY_PHYSICAL_PRESENCE, ""),
                new Assertion(CommandCode.POLICY_CP_HASH, DIGEST),
                new Assertion(CommandCode.POLICY_CP_HASH, OTHER_DIGEST),
                new Assertion(CommandCode.POLICY_NAME_HASH, DIGEST),
                new Assertion(CommandCode.POLICY_TEMPLATE, DIGEST),
                new Assertion(CommandCode.POLICY_DUPLICATION_SELECT, KEY + KEY + "00"),
                new Assertion(CommandCode.POLICY_DUPLICATION_SELECT, KEY + KEY + "01"),
                new Assertion(
                        CommandCode.POLICY_AUTHORIZE, "0020" + "00".repeat(32) + "0000" + KEY + "8022 40000007 0000"),
                new Assertion(CommandCode.POLICY_AUTH_VALUE, ""),
                new Assertion(CommandCode.POLICY_PASSWORD, ""),
                new Assertion(CommandCode.POLICY_NV_WRITTEN, "00"),
                new Assertion(CommandCode.POLICY_NV_WRITTEN, "01"),
                new Assertion(
                        CommandCode.POLICY_TICKET,
                        "0008 0fffffffffffffff" + DIGEST + "0000" + KEY + "8023 40000007 0000"),
                new Assertion(CommandCode.POLICY_RESTART, ""));
    }

    @SameAsSwtpm
    void theSecondIsTakenOrRefusedLikeBySwtpm(TpmPair both) {
        for (int type : new int[] {PolicyScene.POLICY, PolicyScene.TRIAL}) {
            Handle session = both.startSession(type, Digest.SHA256);
            for (Assertion first : assertions()) {
                for (Assertion second : assertions()) {
                    both.succeed(TestCommand.of(CommandCode.POLICY_RESTART).handle(session));
                    both.send(first.in(session)).isIdentical();
                    TpmPair.Answers answers = both.send(second.in(session));
                    assertEquals(answers.swtpm().octets(), answers.ours().octets(), first + ", then " + second);
                    both.succeed(TestCommand.of(CommandCode.POLICY_GET_DIGEST).handle(session))
                            .isIdentical();
                }
            }
        }
    }
}
