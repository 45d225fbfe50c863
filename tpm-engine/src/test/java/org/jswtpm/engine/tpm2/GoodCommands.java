package org.jswtpm.engine.tpm2;

import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.tpm2.command.object.ObjectRequests;
import org.jswtpm.engine.tpm2.structure.Handle;

/** Commands whose handles are all of the right kind, of things that are there, and authorized by empty passwords. */
final class GoodCommands {
    private static final Handle KEY = new Handle(0x8000_0000);
    private static final Handle INDEX = new Handle(0x0100_0001);
    private static final Handle PERSISTENT = new Handle(0x8100_0001);

    private GoodCommands() {}

    /** Makes what the handles refer to: a key, also at {@code 81000001}, an NV Index, and a session of either type. */
    static void prepare(TpmPair both) {
        both.send(ObjectRequests.createPrimary(Handle.OWNER, ObjectRequests.ECC_STORAGE))
                .hasSameCode();
        both.send(TestCommand.of(CommandCode.EVICT_CONTROL)
                        .handle(Handle.OWNER)
                        .handle(KEY)
                        .password("")
                        .parameters(PERSISTENT.asName()))
                .isIdentical();
        both.send(TestCommand.of(CommandCode.NV_DEFINE_SPACE)
                        .handle(Handle.OWNER)
                        .password("")
                        .parameters("0000 000e 01000001 000b 02060006 0000 0004"))
                .isIdentical();
        both.startSession(0, Digest.SHA256);
        both.startSession(1, Digest.SHA256);
    }

    /** A command without parameters. */
    static TestCommand of(CommandCode row) {
        return with(row, -1, Handle.NULL);
    }

    /** The same with another handle in one place. */
    static TestCommand with(CommandCode row, int slot, Handle handle) {
        TestCommand command = TestCommand.of(row);
        for (int i = 0; i < row.handleCount(); i++) {
            command = command.handle(i == slot ? handle : handleOf(row.handle(i).type()));
            if (row.handle(i).role() != HandleSlot.Role.NONE) {
                command = command.password("");
            }
        }
        return command;
    }

    private static Handle handleOf(HandleType type) {
        return switch (type) {
            case OBJECT, OBJECT_OR_NULL, PARENT_OR_NULL, ENTITY, ENTITY_OR_NULL, CONTEXT -> KEY;
            case PCR, PCR_OR_NULL -> new Handle(16);
            case HMAC_SESSION -> new Handle(0x0200_0000);
            case POLICY_SESSION -> new Handle(0x0300_0001);
            case HIERARCHY, HIERARCHY_OR_NULL, HIERARCHY_AUTH, HIERARCHY_POLICY, PROVISION -> Handle.OWNER;
            case PLATFORM, CLEAR -> Handle.PLATFORM;
            case ENDORSEMENT, ENDORSEMENT_OR_NULL -> Handle.ENDORSEMENT;
            case LOCKOUT -> Handle.LOCKOUT;
            case NV_AUTH, NV_INDEX, NV_DEFINED_INDEX -> INDEX;
        };
    }
}
