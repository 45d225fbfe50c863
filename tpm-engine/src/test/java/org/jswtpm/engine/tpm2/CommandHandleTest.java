package org.jswtpm.engine.tpm2;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.jswtpm.engine.tpm2.structure.Handle;

/** Each handle of each command, and handles of every kind in its place: of things that are there, that are not, and of none. */
class CommandHandleTest {
    /** Of which a command with parameters takes at most one of an octet, and one without none. */
    private static final String NO_PARAMETERS = "00";

    private static final int[] HANDLES = {
        0x0000_0000,
        0x0000_0017,
        0x0000_0018, // PCRs
        0x0100_0001,
        0x0100_0002,
        0x01c0_0000,
        0x0200_0000,
        0x0200_0001,
        0x0200_0005,
        0x0200_003f,
        0x0200_0040,
        0x0300_0000,
        0x0300_0001,
        0x0300_0005,
        0x0300_003f,
        0x0300_0040, // sessions of both types in the same slots
        0x4000_0000,
        0x4000_0001,
        0x4000_0002,
        0x4000_0006,
        0x4000_0007,
        0x4000_0008,
        0x4000_0009,
        0x4000_000a,
        0x4000_000b,
        0x4000_000c,
        0x4000_000d,
        0x4000_0010,
        0x4000_0110,
        0x4000_0120,
        0x8000_0000,
        0x8000_0001,
        0x8000_0003,
        0x80ff_ffff,
        0x8100_0001,
        0x8100_0002,
        0x8180_0000,
        0x9000_0000,
        0xffff_ffff
    };

    /** What a hierarchy that is off refuses or hides: itself, and things of the owner. */
    private static final int[] HANDLES_OF_HIERARCHIES = {
        0x0000_0010,
        0x0100_0001,
        0x4000_0001,
        0x4000_0007,
        0x4000_000a,
        0x4000_000b,
        0x4000_000c,
        0x8000_0000,
        0x8100_0001
    };

    @SameAsSwtpm
    void eachIsTakenOrRefusedLikeBySwtpm(TpmPair both) {
        GoodCommands.prepare(both);
        compare(both, HANDLES);
    }

    /** The NV Indices of the platform, the owner, the endorsement hierarchy and the platform are switched off, one after the other. */
    @SameAsSwtpm
    void eachIsTakenOrRefusedLikeBySwtpmWithHierarchiesThatAreOff(TpmPair both) {
        GoodCommands.prepare(both);
        for (String hierarchy : new String[] {"4000000d", "40000001", "4000000b", "4000000c"}) {
            both.succeed(TestCommand.of(CommandCode.HIERARCHY_CONTROL)
                    .handle(Handle.PLATFORM)
                    .password("")
                    .parameters(hierarchy + "00"));
            compare(both, HANDLES_OF_HIERARCHIES);
        }
    }

    private static void compare(TpmPair both, int[] handles) {
        CommandSet commands = CommandSet.nullProfile();
        for (CommandCode row : CommandCode.values()) {
            for (int slot = 0; commands.isEnabled(row) && slot < row.handleCount(); slot++) {
                for (int handle : handles) {
                    TpmPair.Answers answers = both.send(
                            GoodCommands.with(row, slot, new Handle(handle)).parameters(NO_PARAMETERS));
                    assertEquals(
                            answers.swtpm().octets(),
                            answers.ours().octets(),
                            "%s, handle %d: %08x".formatted(row, slot + 1, handle));
                }
            }
        }
    }
}
