package org.jswtpm.engine.tpm2;

/**
 * TPM_CC (Part 2, 6.5): every command of libtpms as data, in ascending order of the codes. What a row says, a command's
 * class does not say again.
 */
public enum CommandCode {
    NV_UNDEFINE_SPACE_SPECIAL(
            0x11F, Flag.WRITES_NV | Flag.PP, HandleType.NV_DEFINED_INDEX.admin(), HandleType.PLATFORM.user()),
    EVICT_CONTROL(0x120, Flag.WRITES_NV | Flag.PP, HandleType.PROVISION.user(), HandleType.OBJECT.plain()),
    HIERARCHY_CONTROL(0x121, Flag.WRITES_NV | Flag.EXTENSIVE | Flag.PP, HandleType.HIERARCHY.user()),
    NV_UNDEFINE_SPACE(
            0x122, Flag.WRITES_NV | Flag.PP, HandleType.PROVISION.user(), HandleType.NV_DEFINED_INDEX.plain()),
    CHANGE_EPS(0x124, Flag.WRITES_NV | Flag.EXTENSIVE | Flag.PP, HandleType.PLATFORM.user()),
    CHANGE_PPS(0x125, Flag.WRITES_NV | Flag.EXTENSIVE | Flag.PP, HandleType.PLATFORM.user()),
    CLEAR(0x126, Flag.WRITES_NV | Flag.EXTENSIVE | Flag.PP, HandleType.CLEAR.user()),
    CLEAR_CONTROL(0x127, Flag.WRITES_NV | Flag.PP, HandleType.CLEAR.user()),
    CLOCK_SET(0x128, Flag.WRITES_NV | Flag.PP, HandleType.PROVISION.user()),
    HIERARCHY_CHANGE_AUTH(0x129, Flag.WRITES_NV | Flag.DECRYPTABLE | Flag.PP, HandleType.HIERARCHY_AUTH.user()),
    NV_DEFINE_SPACE(0x12A, Flag.WRITES_NV | Flag.DECRYPTABLE | Flag.PP, HandleType.PROVISION.user()),
    PCR_ALLOCATE(0x12B, Flag.WRITES_NV | Flag.PP, HandleType.PLATFORM.user()),
    PCR_SET_AUTH_POLICY(0x12C, Flag.WRITES_NV | Flag.DECRYPTABLE | Flag.PP, HandleType.PLATFORM.user()),
    PP_COMMANDS(0x12D, Flag.WRITES_NV | Flag.PP_REQUIRED, HandleType.PLATFORM.user()),
    SET_PRIMARY_POLICY(0x12E, Flag.WRITES_NV | Flag.DECRYPTABLE | Flag.PP, HandleType.HIERARCHY_POLICY.user()),
    CLOCK_RATE_ADJUST(0x130, Flag.PP, HandleType.PROVISION.user()),
    CREATE_PRIMARY(
            0x131,
            Flag.RETURNS_HANDLE | Flag.DECRYPTABLE | Flag.ENCRYPTABLE | Flag.PP,
            HandleType.HIERARCHY_OR_NULL.user()),
    NV_GLOBAL_WRITE_LOCK(0x132, Flag.WRITES_NV | Flag.PP, HandleType.PROVISION.user()),
    GET_COMMAND_AUDIT_DIGEST(
            0x133,
            Flag.WRITES_NV | Flag.DECRYPTABLE | Flag.ENCRYPTABLE,
            HandleType.ENDORSEMENT.user(),
            HandleType.OBJECT_OR_NULL.user()),
    NV_INCREMENT(0x134, Flag.WRITES_NV, HandleType.NV_AUTH.user(), HandleType.NV_INDEX.plain()),
    NV_SET_BITS(0x135, Flag.WRITES_NV, HandleType.NV_AUTH.user(), HandleType.NV_INDEX.plain()),
    NV_EXTEND(0x136, Flag.WRITES_NV | Flag.DECRYPTABLE, HandleType.NV_AUTH.user(), HandleType.NV_INDEX.plain()),
    NV_WRITE(0x137, Flag.WRITES_NV | Flag.DECRYPTABLE, HandleType.NV_AUTH.user(), HandleType.NV_INDEX.plain()),
    NV_WRITE_LOCK(0x138, Flag.WRITES_NV, HandleType.NV_AUTH.user(), HandleType.NV_INDEX.plain()),
    DICTIONARY_ATTACK_LOCK_RESET(0x139, Flag.WRITES_NV, HandleType.LOCKOUT.user()),
    DICTIONARY_ATTACK_PARAMETERS(0x13A, Flag.WRITES_NV, HandleType.LOCKOUT.user()),
    NV_CHANGE_AUTH(0x13B, Flag.WRITES_NV | Flag.DECRYPTABLE, HandleType.NV_INDEX.admin()),
    PCR_EVENT(0x13C, Flag.WRITES_NV | Flag.DECRYPTABLE, HandleType.PCR_OR_NULL.user()),
    PCR_RESET(0x13D, Flag.WRITES_NV, HandleType.PCR.user()),
    SEQUENCE_COMPLETE(0x13E, Flag.FLUSHES | Flag.DECRYPTABLE | Flag.ENCRYPTABLE, HandleType.OBJECT.user()),
    SET_ALGORITHM_SET(0x13F, Flag.WRITES_NV, HandleType.PLATFORM.user()),
    SET_COMMAND_CODE_AUDIT_STATUS(0x140, Flag.WRITES_NV | Flag.PP, HandleType.PROVISION.user()),
    INCREMENTAL_SELF_TEST(0x142, Flag.WRITES_NV),
    SELF_TEST(0x143, Flag.WRITES_NV),
    STARTUP(0x144, Flag.WRITES_NV | Flag.NO_SESSIONS),
    SHUTDOWN(0x145, Flag.WRITES_NV),
    STIR_RANDOM(0x146, Flag.WRITES_NV | Flag.DECRYPTABLE),
    ACTIVATE_CREDENTIAL(
            0x147, Flag.DECRYPTABLE | Flag.ENCRYPTABLE, HandleType.OBJECT.admin(), HandleType.OBJECT.user()),
    CERTIFY(0x148, Flag.DECRYPTABLE | Flag.ENCRYPTABLE, HandleType.OBJECT.admin(), HandleType.OBJECT_OR_NULL.user()),
    POLICY_NV(
            0x149,
            Flag.DECRYPTABLE | Flag.TRIAL,
            HandleType.NV_AUTH.user(),
            HandleType.NV_INDEX.plain(),
            HandleType.POLICY_SESSION.plain()),
    CERTIFY_CREATION(
            0x14A, Flag.DECRYPTABLE | Flag.ENCRYPTABLE, HandleType.OBJECT_OR_NULL.user(), HandleType.OBJECT.plain()),
    DUPLICATE(0x14B, Flag.DECRYPTABLE | Flag.ENCRYPTABLE, HandleType.OBJECT.dup(), HandleType.OBJECT_OR_NULL.plain()),
    GET_TIME(
            0x14C,
            Flag.DECRYPTABLE | Flag.ENCRYPTABLE,
            HandleType.ENDORSEMENT.user(),
            HandleType.OBJECT_OR_NULL.user()),
    GET_SESSION_AUDIT_DIGEST(
            0x14D,
            Flag.DECRYPTABLE | Flag.ENCRYPTABLE,
            HandleType.ENDORSEMENT.user(),
            HandleType.OBJECT_OR_NULL.user(),
            HandleType.HMAC_SESSION.plain()),
    NV_READ(0x14E, Flag.ENCRYPTABLE, HandleType.NV_AUTH.user(), HandleType.NV_INDEX.plain()),
    NV_READ_LOCK(0x14F, Flag.WRITES_NV, HandleType.NV_AUTH.user(), HandleType.NV_INDEX.plain()),
    OBJECT_CHANGE_AUTH(
            0x150, Flag.DECRYPTABLE | Flag.ENCRYPTABLE, HandleType.OBJECT.admin(), HandleType.OBJECT.plain()),
    POLICY_SECRET(
            0x151,
            Flag.DECRYPTABLE | Flag.ENCRYPTABLE | Flag.TRIAL,
            HandleType.ENTITY.user(),
            HandleType.POLICY_SESSION.plain()),
    REWRAP(
            0x152,
            Flag.DECRYPTABLE | Flag.ENCRYPTABLE,
            HandleType.OBJECT_OR_NULL.user(),
            HandleType.OBJECT_OR_NULL.plain()),
    CREATE(0x153, Flag.DECRYPTABLE | Flag.ENCRYPTABLE, HandleType.OBJECT.user()),
    ECDH_ZGEN(0x154, Flag.DECRYPTABLE | Flag.ENCRYPTABLE, HandleType.OBJECT.user()),
    HMAC(0x155, Flag.DECRYPTABLE | Flag.ENCRYPTABLE, HandleType.OBJECT.user()),
    IMPORT(0x156, Flag.DECRYPTABLE | Flag.ENCRYPTABLE, HandleType.OBJECT.user()),
    LOAD(0x157, Flag.RETURNS_HANDLE | Flag.DECRYPTABLE | Flag.ENCRYPTABLE, HandleType.OBJECT.user()),
    QUOTE(0x158, Flag.DECRYPTABLE | Flag.ENCRYPTABLE, HandleType.OBJECT_OR_NULL.user()),
    RSA_DECRYPT(0x159, Flag.DECRYPTABLE | Flag.ENCRYPTABLE, HandleType.OBJECT.user()),
    HMAC_START(0x15B, Flag.RETURNS_HANDLE | Flag.DECRYPTABLE, HandleType.OBJECT.user()),
    SEQUENCE_UPDATE(0x15C, Flag.DECRYPTABLE, HandleType.OBJECT.user()),
    SIGN(0x15D, Flag.DECRYPTABLE, HandleType.OBJECT.user()),
    UNSEAL(0x15E, Flag.ENCRYPTABLE, HandleType.OBJECT.user()),
    POLICY_SIGNED(
            0x160,
            Flag.DECRYPTABLE | Flag.ENCRYPTABLE | Flag.TRIAL,
            HandleType.OBJECT.plain(),
            HandleType.POLICY_SESSION.plain()),
    CONTEXT_LOAD(0x161, Flag.RETURNS_HANDLE | Flag.NO_SESSIONS),
    CONTEXT_SAVE(0x162, Flag.NO_SESSIONS, HandleType.CONTEXT.plain()),
    ECDH_KEY_GEN(0x163, Flag.ENCRYPTABLE, HandleType.OBJECT.plain()),
    ENCRYPT_DECRYPT(0x164, Flag.ENCRYPTABLE, HandleType.OBJECT.user()),
    FLUSH_CONTEXT(0x165, Flag.NO_SESSIONS),
    LOAD_EXTERNAL(0x167, Flag.RETURNS_HANDLE | Flag.DECRYPTABLE | Flag.ENCRYPTABLE),
    MAKE_CREDENTIAL(0x168, Flag.DECRYPTABLE | Flag.ENCRYPTABLE, HandleType.OBJECT.plain()),
    NV_READ_PUBLIC(0x169, Flag.ENCRYPTABLE, HandleType.NV_INDEX.plain()),
    POLICY_AUTHORIZE(0x16A, Flag.DECRYPTABLE | Flag.TRIAL, HandleType.POLICY_SESSION.plain()),
    POLICY_AUTH_VALUE(0x16B, Flag.TRIAL, HandleType.POLICY_SESSION.plain()),
    POLICY_COMMAND_CODE(0x16C, Flag.TRIAL, HandleType.POLICY_SESSION.plain()),
    POLICY_COUNTER_TIMER(0x16D, Flag.DECRYPTABLE | Flag.TRIAL, HandleType.POLICY_SESSION.plain()),
    POLICY_CP_HASH(0x16E, Flag.DECRYPTABLE | Flag.TRIAL, HandleType.POLICY_SESSION.plain()),
    POLICY_LOCALITY(0x16F, Flag.TRIAL, HandleType.POLICY_SESSION.plain()),
    POLICY_NAME_HASH(0x170, Flag.DECRYPTABLE | Flag.TRIAL, HandleType.POLICY_SESSION.plain()),
    POLICY_OR(0x171, Flag.TRIAL, HandleType.POLICY_SESSION.plain()),
    POLICY_TICKET(0x172, Flag.DECRYPTABLE | Flag.TRIAL, HandleType.POLICY_SESSION.plain()),
    READ_PUBLIC(0x173, Flag.ENCRYPTABLE, HandleType.OBJECT.plain()),
    RSA_ENCRYPT(0x174, Flag.DECRYPTABLE | Flag.ENCRYPTABLE, HandleType.OBJECT.plain()),
    START_AUTH_SESSION(
            0x176,
            Flag.RETURNS_HANDLE | Flag.DECRYPTABLE | Flag.ENCRYPTABLE,
            HandleType.OBJECT_OR_NULL.plain(),
            HandleType.ENTITY_OR_NULL.plain()),
    VERIFY_SIGNATURE(0x177, Flag.DECRYPTABLE, HandleType.OBJECT.plain()),
    ECC_PARAMETERS(0x178, Flag.NONE),
    GET_CAPABILITY(0x17A, Flag.NONE),
    GET_RANDOM(0x17B, Flag.ENCRYPTABLE),
    GET_TEST_RESULT(0x17C, Flag.ENCRYPTABLE),
    HASH(0x17D, Flag.DECRYPTABLE | Flag.ENCRYPTABLE),
    PCR_READ(0x17E, Flag.NONE),
    POLICY_PCR(0x17F, Flag.DECRYPTABLE | Flag.TRIAL, HandleType.POLICY_SESSION.plain()),
    POLICY_RESTART(0x180, Flag.TRIAL, HandleType.POLICY_SESSION.plain()),
    READ_CLOCK(0x181, Flag.NONE),
    PCR_EXTEND(0x182, Flag.WRITES_NV, HandleType.PCR_OR_NULL.user()),
    PCR_SET_AUTH_VALUE(0x183, Flag.DECRYPTABLE, HandleType.PCR.user()),
    NV_CERTIFY(
            0x184,
            Flag.DECRYPTABLE | Flag.ENCRYPTABLE,
            HandleType.OBJECT_OR_NULL.user(),
            HandleType.NV_AUTH.user(),
            HandleType.NV_INDEX.plain()),
    EVENT_SEQUENCE_COMPLETE(
            0x185,
            Flag.WRITES_NV | Flag.FLUSHES | Flag.DECRYPTABLE,
            HandleType.PCR_OR_NULL.user(),
            HandleType.OBJECT.user()),
    HASH_SEQUENCE_START(0x186, Flag.RETURNS_HANDLE | Flag.DECRYPTABLE),
    POLICY_PHYSICAL_PRESENCE(0x187, Flag.TRIAL, HandleType.POLICY_SESSION.plain()),
    POLICY_DUPLICATION_SELECT(0x188, Flag.DECRYPTABLE | Flag.TRIAL, HandleType.POLICY_SESSION.plain()),
    POLICY_GET_DIGEST(0x189, Flag.ENCRYPTABLE | Flag.TRIAL, HandleType.POLICY_SESSION.plain()),
    TEST_PARMS(0x18A, Flag.NONE),
    COMMIT(0x18B, Flag.DECRYPTABLE | Flag.ENCRYPTABLE, HandleType.OBJECT.user()),
    POLICY_PASSWORD(0x18C, Flag.TRIAL, HandleType.POLICY_SESSION.plain()),
    ZGEN_2_PHASE(0x18D, Flag.DECRYPTABLE | Flag.ENCRYPTABLE, HandleType.OBJECT.user()),
    EC_EPHEMERAL(0x18E, Flag.ENCRYPTABLE),
    POLICY_NV_WRITTEN(0x18F, Flag.TRIAL, HandleType.POLICY_SESSION.plain()),
    POLICY_TEMPLATE(0x190, Flag.DECRYPTABLE | Flag.TRIAL, HandleType.POLICY_SESSION.plain()),
    CREATE_LOADED(
            0x191,
            Flag.RETURNS_HANDLE | Flag.DECRYPTABLE | Flag.ENCRYPTABLE | Flag.PP,
            HandleType.PARENT_OR_NULL.user()),
    POLICY_AUTHORIZE_NV(
            0x192,
            Flag.TRIAL,
            HandleType.NV_AUTH.user(),
            HandleType.NV_INDEX.plain(),
            HandleType.POLICY_SESSION.plain()),
    ENCRYPT_DECRYPT2(0x193, Flag.DECRYPTABLE | Flag.ENCRYPTABLE, HandleType.OBJECT.user()),
    CERTIFY_X509(
            0x197, Flag.DECRYPTABLE | Flag.ENCRYPTABLE, HandleType.OBJECT.admin(), HandleType.OBJECT_OR_NULL.user()),
    ECC_ENCRYPT(0x199, Flag.DECRYPTABLE | Flag.ENCRYPTABLE, HandleType.OBJECT.plain()),
    ECC_DECRYPT(0x19A, Flag.DECRYPTABLE | Flag.ENCRYPTABLE, HandleType.OBJECT.user()),
    POLICY_CAPABILITY(0x19B, Flag.DECRYPTABLE | Flag.TRIAL, HandleType.POLICY_SESSION.plain()),
    POLICY_PARAMETERS(0x19C, Flag.DECRYPTABLE | Flag.TRIAL, HandleType.POLICY_SESSION.plain());

    private static final int FIRST = 0x11F;
    private static final CommandCode[] BY_CODE = byCode();

    private final int code;
    private final int flags;
    private final HandleSlot[] handles;

    CommandCode(int code, int flags, HandleSlot... handles) {
        this.code = code;
        this.flags = flags;
        this.handles = handles;
    }

    /** The row of {@code code}, or null where libtpms has no such command. */
    public static CommandCode of(int code) {
        int index = code - FIRST;
        return index >= 0 && index < BY_CODE.length ? BY_CODE[index] : null;
    }

    /** The code on the wire. */
    public int code() {
        return code;
    }

    /** How many handles the handle area has, 0 to 3. */
    public int handleCount() {
        return handles.length;
    }

    /** The handle at {@code index}, from 0. */
    public HandleSlot handle(int index) {
        return handles[index];
    }

    /** TPMA_CC.nv: the command may write to NV. */
    public boolean writesNv() {
        return has(Flag.WRITES_NV);
    }

    /** TPMA_CC.extensive: the command may flush many contexts. */
    public boolean isExtensive() {
        return has(Flag.EXTENSIVE);
    }

    /** TPMA_CC.flushed: a transient object of the handle area is flushed by the command. */
    public boolean flushes() {
        return has(Flag.FLUSHES);
    }

    /** TPMA_CC.rHandle: the response has a handle area. */
    public boolean returnsHandle() {
        return has(Flag.RETURNS_HANDLE);
    }

    /** Whether a decrypt session may stand with the command: its first parameter is a TPM2B. */
    public boolean isDecryptable() {
        return has(Flag.DECRYPTABLE);
    }

    /** Whether an encrypt session may stand with the command: the first parameter of its response is a TPM2B. */
    public boolean isEncryptable() {
        return has(Flag.ENCRYPTABLE);
    }

    /** Whether no sessions of any kind are allowed. */
    public boolean allowsNoSessions() {
        return has(Flag.NO_SESSIONS);
    }

    /** Whether a trial policy session may stand in the handle area. */
    public boolean allowsTrial() {
        return has(Flag.TRIAL);
    }

    /** Whether TPM2_PP_Commands may require physical presence for the command. */
    public boolean canRequirePhysicalPresence() {
        return has(Flag.PP) || has(Flag.PP_REQUIRED);
    }

    /** Whether the command always requires physical presence, with platform authorization. */
    public boolean alwaysRequiresPhysicalPresence() {
        return has(Flag.PP_REQUIRED);
    }

    /** The StateFormatLevel with which the command came to libtpms; 1 for those of libtpms 0.9. */
    public int stateFormatLevel() {
        return switch (this) {
            case ECC_ENCRYPT, ECC_DECRYPT -> 3;
            case POLICY_CAPABILITY, POLICY_PARAMETERS -> 5;
            default -> 1;
        };
    }

    /** TPMA_CC (Part 2, 8.9), as TPM2_GetCapability gives it. */
    public int attributes() {
        return code
                | (writesNv() ? 1 << 22 : 0)
                | (isExtensive() ? 1 << 23 : 0)
                | (flushes() ? 1 << 24 : 0)
                | handles.length << 25
                | (returnsHandle() ? 1 << 28 : 0);
    }

    private boolean has(int flag) {
        return (flags & flag) != 0;
    }

    private static CommandCode[] byCode() {
        CommandCode[] rows = values();
        CommandCode[] table = new CommandCode[rows[rows.length - 1].code - FIRST + 1];
        for (CommandCode row : rows) {
            table[row.code - FIRST] = row;
        }
        return table;
    }

    /** In a class of its own: an enum's constants are made before its static fields. */
    private static final class Flag {
        static final int WRITES_NV = 1;
        static final int EXTENSIVE = 1 << 1;
        static final int FLUSHES = 1 << 2;
        static final int RETURNS_HANDLE = 1 << 3;
        static final int DECRYPTABLE = 1 << 4;
        static final int ENCRYPTABLE = 1 << 5;
        static final int NO_SESSIONS = 1 << 6;
        static final int TRIAL = 1 << 7;
        static final int PP = 1 << 8;
        static final int PP_REQUIRED = 1 << 9;
        static final int NONE = 0;
    }
}
