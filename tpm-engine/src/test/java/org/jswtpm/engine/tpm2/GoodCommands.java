package org.jswtpm.engine.tpm2;

import java.util.List;
import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.tpm2.command.object.ObjectRequests;
import org.jswtpm.engine.tpm2.structure.Handle;

/** Commands whose handles are all of the right kind, of things that are there, and authorized by empty passwords. */
final class GoodCommands {
    private static final String DIGEST = "0020" + "5a".repeat(32);
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

    /** @param parameters such as the command can read, but need not be able to use */
    record Row(CommandCode code, String parameters) {
        TestCommand command() {
            return GoodCommands.of(code).parameters(parameters);
        }
    }

    /** A row or more for each command, the parameters of which are read at all. */
    static List<Row> rows() {
        return List.of(
                new Row(CommandCode.EVICT_CONTROL, "81000005"),
                new Row(CommandCode.HIERARCHY_CONTROL, "40000001 01"),
                new Row(CommandCode.CLEAR_CONTROL, "00"),
                new Row(CommandCode.CLOCK_SET, "0000000000000000"),
                new Row(CommandCode.HIERARCHY_CHANGE_AUTH, "0001 aa"),
                new Row(CommandCode.NV_DEFINE_SPACE, "0001 aa 002e 01000005 000b 0206000e " + DIGEST + "0004"),
                new Row(CommandCode.PCR_ALLOCATE, "00000002 0004 03 ffffff 000b 03 ffffff"),
                new Row(CommandCode.PCR_SET_AUTH_POLICY, DIGEST + "000b 00000000"),
                new Row(CommandCode.SET_PRIMARY_POLICY, DIGEST + "000b"),
                new Row(CommandCode.CLOCK_RATE_ADJUST, "00"),
                new Row(
                        CommandCode.CREATE_PRIMARY,
                        "0006 0001 aa 0001 bb 0018 " + ObjectRequests.ECC_SIGN + "0001 cc 00000001 000b 03 000001"),
                new Row(
                        CommandCode.CREATE_PRIMARY,
                        "0004 0000 0000 001a " + ObjectRequests.RSA_STORAGE + "0000 00000000"),
                new Row(CommandCode.CREATE, "0004 0000 0000 0010 " + ObjectRequests.HMAC_KEY + "0000 00000000"),
                new Row(CommandCode.CREATE, "0004 0000 0000 0012 " + ObjectRequests.AES_KEY + "0000 00000000"),
                new Row(CommandCode.CREATE, "0004 0000 0000 0012 " + ObjectRequests.DERIVATION + "0000 00000000"),
                new Row(CommandCode.CREATE_LOADED, "0006 0001 aa 0001 bb 0018 " + ObjectRequests.ECC_SIGN),
                new Row(CommandCode.NV_GLOBAL_WRITE_LOCK, ""),
                new Row(CommandCode.GET_COMMAND_AUDIT_DIGEST, "0001 aa 0018 000b"),
                new Row(CommandCode.GET_SESSION_AUDIT_DIGEST, "0001 aa 0014 000b"),
                new Row(CommandCode.GET_TIME, "0001 aa 001a 000b 0000"),
                new Row(CommandCode.CERTIFY, "0001 aa 0016 000b"),
                new Row(CommandCode.CERTIFY_CREATION, "0001 aa " + DIGEST + "001b 000b 8021 40000001 " + DIGEST),
                new Row(CommandCode.QUOTE, "0001 aa 0010 00000001 000b 03 000001"),
                new Row(CommandCode.NV_CERTIFY, "0001 aa 0005 000b 0001 0000"),
                new Row(CommandCode.CERTIFY_X509, "0001 aa 001c 000b 0001 30"),
                new Row(CommandCode.NV_INCREMENT, ""),
                new Row(CommandCode.NV_SET_BITS, "0000000000000001"),
                new Row(CommandCode.NV_EXTEND, "0001 aa"),
                new Row(CommandCode.NV_WRITE, "0001 aa 0000"),
                new Row(CommandCode.NV_READ, "0001 0000"),
                new Row(CommandCode.NV_WRITE_LOCK, ""),
                new Row(CommandCode.NV_READ_LOCK, ""),
                new Row(CommandCode.NV_READ_PUBLIC, ""),
                new Row(CommandCode.NV_UNDEFINE_SPACE, ""),
                new Row(CommandCode.DICTIONARY_ATTACK_LOCK_RESET, ""),
                new Row(CommandCode.DICTIONARY_ATTACK_PARAMETERS, "00000003 000003e8 000003e8"),
                new Row(CommandCode.CLEAR, ""),
                new Row(CommandCode.CHANGE_EPS, ""),
                new Row(CommandCode.CHANGE_PPS, ""),
                new Row(CommandCode.PCR_EVENT, "0001 aa"),
                new Row(CommandCode.PCR_RESET, ""),
                new Row(CommandCode.PCR_READ, "00000002 0004 03 000001 000b 03 000001"),
                new Row(
                        CommandCode.PCR_EXTEND,
                        "00000002 0004 5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a 000b " + DIGEST.substring(4)),
                new Row(CommandCode.PCR_SET_AUTH_VALUE, "0001 aa"),
                new Row(CommandCode.SEQUENCE_COMPLETE, "0001 aa 40000001"),
                new Row(CommandCode.SEQUENCE_UPDATE, "0001 aa"),
                new Row(CommandCode.EVENT_SEQUENCE_COMPLETE, "0001 aa"),
                new Row(CommandCode.HASH_SEQUENCE_START, "0001 aa 000b"),
                new Row(CommandCode.HASH, "0001 aa 000b 40000001"),
                new Row(CommandCode.HMAC, "0001 aa 000b"),
                new Row(CommandCode.HMAC_START, "0001 aa 000b"),
                new Row(CommandCode.SET_ALGORITHM_SET, "00000000"),
                new Row(CommandCode.SET_COMMAND_CODE_AUDIT_STATUS, "000b 00000001 0000017e 00000001 0000017f"),
                new Row(CommandCode.INCREMENTAL_SELF_TEST, "00000002 000b 0004"),
                new Row(CommandCode.SELF_TEST, "01"),
                new Row(CommandCode.GET_TEST_RESULT, ""),
                new Row(CommandCode.SHUTDOWN, "0000"),
                new Row(CommandCode.STIR_RANDOM, "0001 aa"),
                new Row(CommandCode.GET_RANDOM, "0001"),
                new Row(CommandCode.ACTIVATE_CREDENTIAL, "0003 0001 aa 0001 bb"),
                new Row(CommandCode.MAKE_CREDENTIAL, "0001 aa 0001 bb"),
                new Row(CommandCode.OBJECT_CHANGE_AUTH, "0001 aa"),
                new Row(CommandCode.LOAD, "0001 aa 000e " + ObjectRequests.SEALED),
                new Row(CommandCode.LOAD_EXTERNAL, "0000 001a " + ObjectRequests.RSA_STORAGE + "40000001"),
                new Row(
                        CommandCode.LOAD_EXTERNAL,
                        "0009 0008 0001 aa 0000 0000 0010 " + ObjectRequests.HMAC_KEY + "40000007"),
                new Row(CommandCode.READ_PUBLIC, ""),
                new Row(CommandCode.UNSEAL, ""),
                new Row(CommandCode.REWRAP, "0001 aa 0001 bb 0001 cc"),
                new Row(
                        CommandCode.IMPORT,
                        "0001 aa 0018 " + ObjectRequests.ECC_SIGN + "0001 bb 0001 cc 0006 0080 0043"),
                new Row(CommandCode.CONTEXT_LOAD, "0000000000000001 80000000 40000001 0001 aa"),
                new Row(CommandCode.CONTEXT_SAVE, ""),
                new Row(CommandCode.FLUSH_CONTEXT, "80000001"),
                new Row(
                        CommandCode.START_AUTH_SESSION,
                        "0010 5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a 0001 01 00 0006 0080 0043 000b"),
                new Row(CommandCode.START_AUTH_SESSION, "0010 5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a 0000 01 000a 000b 000b"),
                new Row(CommandCode.ECDH_KEY_GEN, ""),
                new Row(CommandCode.ECDH_ZGEN, "0006 0001 aa 0001 bb"),
                new Row(CommandCode.ECC_PARAMETERS, "0003"),
                new Row(CommandCode.EC_EPHEMERAL, "0003"),
                new Row(CommandCode.ZGEN_2_PHASE, "0006 0001 aa 0001 bb 0006 0001 aa 0001 bb 0019 0000"),
                new Row(CommandCode.COMMIT, "0006 0001 aa 0001 bb 0001 cc 0001 dd"),
                new Row(CommandCode.RSA_DECRYPT, "0001 aa 0017 000b 0001 00"),
                new Row(CommandCode.RSA_ENCRYPT, "0001 aa 0015 0001 00"),
                new Row(CommandCode.ENCRYPT_DECRYPT, "00 0043 0010 5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a 0001 aa"),
                new Row(CommandCode.ENCRYPT_DECRYPT2, "0001 aa 00 0043 0010 5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a"),
                new Row(CommandCode.SIGN, DIGEST + "0018 000b 8024 40000007 0000"),
                new Row(CommandCode.VERIFY_SIGNATURE, DIGEST + "0018 000b 0001 aa 0001 bb"),
                new Row(CommandCode.VERIFY_SIGNATURE, DIGEST + "0014 000b 0001 aa"),
                new Row(CommandCode.VERIFY_SIGNATURE, DIGEST + "0005 000b " + DIGEST.substring(4)),
                new Row(CommandCode.GET_CAPABILITY, "00000000 00000001 00000001"),
                new Row(CommandCode.TEST_PARMS, "0001 0010 0014 000b 0800 00000000"),
                new Row(CommandCode.TEST_PARMS, "0023 0010 0018 000b 0003 0010"),
                new Row(CommandCode.TEST_PARMS, "0008 000a 000b 0022"),
                new Row(CommandCode.TEST_PARMS, "0025 0006 0080 0043"),
                new Row(CommandCode.READ_CLOCK, ""),
                new Row(CommandCode.POLICY_SIGNED, "0001 aa 0001 bb 0001 cc 00000001 0018 000b 0001 aa 0001 bb"),
                new Row(CommandCode.POLICY_SECRET, "0001 aa 0001 bb 0001 cc 00000001"),
                new Row(
                        CommandCode.POLICY_TICKET,
                        "0008 5a5a5a5a5a5a5a5a 0001 bb 0001 cc 0004 40000001 8023 40000001 " + DIGEST),
                new Row(CommandCode.POLICY_OR, "00000002 " + DIGEST + DIGEST),
                new Row(CommandCode.POLICY_PCR, DIGEST + "00000001 000b 03 000001"),
                new Row(CommandCode.POLICY_LOCALITY, "01"),
                new Row(CommandCode.POLICY_NV, "0001 aa 0000 0000"),
                new Row(CommandCode.POLICY_COUNTER_TIMER, "0001 aa 0000 0000"),
                new Row(CommandCode.POLICY_COMMAND_CODE, "0000017e"),
                new Row(CommandCode.POLICY_PHYSICAL_PRESENCE, ""),
                new Row(CommandCode.POLICY_CP_HASH, DIGEST),
                new Row(CommandCode.POLICY_NAME_HASH, DIGEST),
                new Row(CommandCode.POLICY_DUPLICATION_SELECT, "0001 aa 0001 bb 01"),
                new Row(CommandCode.POLICY_AUTHORIZE, DIGEST + "0001 aa 0003 000b00 8022 40000001 " + DIGEST),
                new Row(CommandCode.POLICY_AUTH_VALUE, ""),
                new Row(CommandCode.POLICY_PASSWORD, ""),
                new Row(CommandCode.POLICY_GET_DIGEST, ""),
                new Row(CommandCode.POLICY_NV_WRITTEN, "01"),
                new Row(CommandCode.POLICY_TEMPLATE, DIGEST),
                new Row(CommandCode.POLICY_AUTHORIZE_NV, ""),
                new Row(CommandCode.SIGN, DIGEST + "0010 8024 40000007 0000"),
                new Row(CommandCode.SIGN, DIGEST + "0016 000b 8024 40000007 0000"),
                new Row(CommandCode.SIGN, DIGEST + "0005 000b 8024 40000007 0000"),
                new Row(CommandCode.CERTIFY, "0001 aa 0010"),
                new Row(CommandCode.GET_TIME, "0000 0014 000b"),
                new Row(CommandCode.QUOTE, "0000 0018 000b 00000000"),
                new Row(CommandCode.NV_CERTIFY, "0000 0010 0000 0000"),
                new Row(CommandCode.HMAC, "0001 aa 0010"),
                new Row(CommandCode.HMAC_START, "0001 aa 003f"),
                new Row(CommandCode.RSA_DECRYPT, "0001 aa 0010 0000"),
                new Row(CommandCode.RSA_ENCRYPT, "0001 aa 0010 0000"),
                new Row(CommandCode.ENCRYPT_DECRYPT, "01 0010 0000 0000"),
                new Row(CommandCode.ENCRYPT_DECRYPT2, "0001 aa 01 0010 0010 " + "5a".repeat(16)),
                new Row(CommandCode.ZGEN_2_PHASE, "0006 0001 aa 0001 bb 0006 0001 aa 0001 bb 001d 0000"),
                new Row(CommandCode.COMMIT, "0004 0000 0000 0000 0000"),
                new Row(CommandCode.CREATE_LOADED, "0004 0000 0000 000a 0008 000b 00040052 0000"),
                new Row(CommandCode.POLICY_RESTART, ""));
    }
}
