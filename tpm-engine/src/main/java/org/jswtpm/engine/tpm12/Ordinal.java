package org.jswtpm.engine.tpm12;

import org.jswtpm.engine.tpm12.structure.CommandTag;
import org.jswtpm.engine.tpm12.structure.TpmLimits;

/**
 * The ordinals (Part 2, 17): every command that libtpms lists, as data, in ascending order of the ordinals. What a row says, a
 * command's class does not say again.
 *
 * <p>The last two columns are the bits that let a delegation to the owner's or to a key's authorization run the command (Part 2,
 * 20.2 and 20.3).
 */
public enum Ordinal {
    OIAP(0x0A, Flag.TESTED | Flag.NO_LOCKOUT | Flag.AUTH_0 | Flag.RETURNS_HANDLE),
    OSAP(0x0B, Flag.TESTED | Flag.OWNER | Flag.NO_LOCKOUT | Flag.AUTH_0 | Flag.RETURNS_HANDLE),
    CHANGE_AUTH(0x0C, Flag.ALL | Flag.AUTH_2 | Flag.KEY, Flag.NONE, 6),
    TAKE_OWNERSHIP(0x0D, Flag.TESTED | Flag.ENABLED | Flag.NO_LOCKOUT | Flag.AUTH_1 | Flag.AUDITED),
    CHANGE_AUTH_ASYM_START(0x0E, Flag.ALL | Flag.AUTH_0 | Flag.AUTH_1 | Flag.KEY, Flag.NONE, 26),
    CHANGE_AUTH_ASYM_FINISH(0x0F, Flag.ALL | Flag.AUTH_0 | Flag.AUTH_1 | Flag.KEY, Flag.NONE, 25),
    CHANGE_AUTH_OWNER(0x10, Flag.ALL | Flag.AUTH_1 | Flag.AUDITED),
    DSAP(0x11, Flag.TESTED | Flag.OWNER | Flag.NO_LOCKOUT | Flag.AUTH_0 | Flag.PERHAPS_KEY | Flag.RETURNS_HANDLE),
    CMK_CREATE_TICKET(0x12, Flag.ALL | Flag.AUTH_1, 26, Flag.NONE),
    CMK_CREATE_KEY(0x13, Flag.ALL | Flag.AUTH_1 | Flag.KEY, Flag.NONE, 24),
    EXTEND(0x14, Flag.TESTED | Flag.NO_LOCKOUT | Flag.AUTH_0),
    PCR_READ(0x15, Flag.NO_OWNER_NEEDED | Flag.AUTH_0),
    QUOTE(0x16, Flag.ALL | Flag.AUTH_0 | Flag.AUTH_1 | Flag.KEY, Flag.NONE, 3),
    SEAL(0x17, Flag.ALL | Flag.AUTH_1 | Flag.KEY, Flag.NONE, 1),
    UNSEAL(0x18, Flag.ALL | Flag.AUTH_1 | Flag.AUTH_2 | Flag.KEY, Flag.NONE, 2),
    DIR_WRITE_AUTH(0x19, Flag.NO_OWNER_NEEDED | Flag.AUTH_1, 29, Flag.NONE),
    DIR_READ(0x1A, Flag.NO_OWNER_NEEDED | Flag.AUTH_0),
    CMK_CREATE_BLOB(0x1B, Flag.ALL | Flag.AUTH_1 | Flag.KEY, Flag.NONE, 10),
    CMK_SET_RESTRICTIONS(0x1C, Flag.ALL | Flag.AUTH_1),
    CMK_APPROVE_MA(0x1D, Flag.ALL | Flag.AUTH_1, 28, Flag.NONE),
    UN_BIND(0x1E, Flag.ALL | Flag.AUTH_0 | Flag.AUTH_1 | Flag.KEY, Flag.NONE, 4),
    CREATE_WRAP_KEY(0x1F, Flag.ALL | Flag.AUTH_1 | Flag.AUDITED | Flag.KEY, Flag.NONE, 11),
    LOAD_KEY(0x20, Flag.ALL | Flag.AUTH_0 | Flag.AUTH_1 | Flag.KEY, Flag.NONE, 0),
    GET_PUB_KEY(0x21, Flag.ALL | Flag.AUTH_0 | Flag.AUTH_1 | Flag.KEY, Flag.NONE, 5),
    EVICT_KEY(0x22, Flag.ALL | Flag.AUTH_0 | Flag.KEY),
    KEY_CONTROL_OWNER(0x23, Flag.ALL | Flag.AUTH_1 | Flag.KEY, 31, Flag.NONE),
    CMK_CONVERT_MIGRATION(0x24, Flag.ALL | Flag.AUTH_1 | Flag.KEY, 28, Flag.NONE),
    MIGRATE_KEY(0x25, Flag.ALL | Flag.AUTH_0 | Flag.AUTH_1 | Flag.KEY, Flag.NONE, 23),
    CREATE_MIGRATION_BLOB(0x28, Flag.ALL | Flag.AUTH_1 | Flag.AUTH_2 | Flag.AUDITED | Flag.KEY, Flag.NONE, 9),
    DAA_JOIN(0x29, Flag.ALL | Flag.AUTH_1 | Flag.HANDLE, 23, Flag.NONE),
    CONVERT_MIGRATION_BLOB(0x2A, Flag.ALL | Flag.AUTH_0 | Flag.AUTH_1 | Flag.AUDITED | Flag.KEY, Flag.NONE, 8),
    AUTHORIZE_MIGRATION_KEY(0x2B, Flag.ALL | Flag.AUTH_1 | Flag.AUDITED, 22, Flag.NONE),
    CREATE_MAINTENANCE_ARCHIVE(0x2C, Flag.UNSUPPORTED | Flag.NOT_AUDITABLE, 21, Flag.NONE),
    LOAD_MAINTENANCE_ARCHIVE(0x2D, Flag.UNSUPPORTED | Flag.NOT_AUDITABLE, 20, Flag.NONE),
    KILL_MAINTENANCE_FEATURE(0x2E, Flag.UNSUPPORTED | Flag.NOT_AUDITABLE, 19, Flag.NONE),
    LOAD_MANU_MAINT_PUB(0x2F, Flag.UNSUPPORTED | Flag.NOT_AUDITABLE),
    READ_MANU_MAINT_PUB(0x30, Flag.UNSUPPORTED | Flag.NOT_AUDITABLE),
    DAA_SIGN(0x31, Flag.ALL | Flag.AUTH_1 | Flag.HANDLE, 0, Flag.NONE),
    CERTIFY_KEY(0x32, Flag.ALL | Flag.AUTH_0 | Flag.AUTH_1 | Flag.AUTH_2 | Flag.TWO_KEYS, Flag.NONE, 12),
    CERTIFY_KEY2(0x33, Flag.ALL | Flag.AUTH_0 | Flag.AUTH_1 | Flag.AUTH_2 | Flag.TWO_KEYS, Flag.NONE, 13),
    SIGN(0x3C, Flag.ALL | Flag.AUTH_0 | Flag.AUTH_1 | Flag.KEY, Flag.NONE, 14),
    SEALX(0x3D, Flag.ALL | Flag.AUTH_1 | Flag.KEY, Flag.NONE, 18),
    QUOTE2(0x3E, Flag.ALL | Flag.AUTH_0 | Flag.AUTH_1 | Flag.KEY, Flag.NONE, 19),
    SET_CAPABILITY(0x3F, Flag.TESTED | Flag.NO_LOCKOUT | Flag.AUTH_0 | Flag.AUTH_1, 12, Flag.NONE),
    RESET_LOCK_VALUE(0x40, Flag.TESTED | Flag.ENABLED | Flag.ACTIVATED | Flag.OWNER | Flag.AUTH_1, 17, Flag.NONE),
    LOAD_KEY2(0x41, Flag.ALL | Flag.AUTH_0 | Flag.AUTH_1 | Flag.KEY | Flag.RETURNS_HANDLE, Flag.NONE, 22),
    GET_RANDOM(0x46, Flag.NO_OWNER_NEEDED | Flag.AUTH_0),
    STIR_RANDOM(0x47, Flag.NO_OWNER_NEEDED | Flag.AUTH_0),
    SELF_TEST_FULL(0x50, Flag.TESTED | Flag.NO_LOCKOUT | Flag.AUTH_0),
    CERTIFY_SELF_TEST(0x52, Flag.UNSUPPORTED | Flag.KEY),
    CONTINUE_SELF_TEST(0x53, Flag.TESTED | Flag.NO_LOCKOUT | Flag.AUTH_0),
    GET_TEST_RESULT(0x54, Flag.NO_LOCKOUT | Flag.AUTH_0),
    RESET(0x5A, Flag.TESTED | Flag.NO_LOCKOUT | Flag.AUTH_0),
    OWNER_CLEAR(0x5B, Flag.ALL | Flag.AUTH_1 | Flag.AUDITED, 16, Flag.NONE),
    DISABLE_OWNER_CLEAR(0x5C, Flag.ALL | Flag.AUTH_1 | Flag.AUDITED, 15, Flag.NONE),
    FORCE_CLEAR(0x5D, Flag.NO_OWNER_NEEDED | Flag.AUTH_0 | Flag.AUDITED),
    DISABLE_FORCE_CLEAR(0x5E, Flag.NO_OWNER_NEEDED | Flag.AUTH_0 | Flag.AUDITED),
    GET_CAPABILITY_SIGNED(0x64, Flag.UNSUPPORTED),
    GET_CAPABILITY(0x65, Flag.NO_LOCKOUT | Flag.AUTH_0),
    GET_CAPABILITY_OWNER(0x66, Flag.ALL | Flag.AUTH_1),
    OWNER_SET_DISABLE(0x6E, Flag.TESTED | Flag.OWNER | Flag.NO_LOCKOUT | Flag.AUTH_1 | Flag.AUDITED, 13, Flag.NONE),
    PHYSICAL_ENABLE(0x6F, Flag.TESTED | Flag.NO_LOCKOUT | Flag.AUTH_0 | Flag.AUDITED),
    PHYSICAL_DISABLE(0x70, Flag.TESTED | Flag.ENABLED | Flag.NO_LOCKOUT | Flag.AUTH_0 | Flag.AUDITED),
    SET_OWNER_INSTALL(0x71, Flag.NO_OWNER_NEEDED | Flag.AUTH_0 | Flag.AUDITED),
    PHYSICAL_SET_DEACTIVATED(0x72, Flag.TESTED | Flag.ENABLED | Flag.NO_LOCKOUT | Flag.AUTH_0 | Flag.AUDITED),
    SET_TEMP_DEACTIVATED(
            0x73, Flag.TESTED | Flag.ACTIVATED | Flag.NO_LOCKOUT | Flag.AUTH_0 | Flag.AUTH_1 | Flag.AUDITED),
    SET_OPERATOR_AUTH(0x74, Flag.NO_OWNER_NEEDED | Flag.AUTH_0),
    SET_OWNER_POINTER(0x75, Flag.ALL | Flag.AUTH_0),
    CREATE_ENDORSEMENT_KEY_PAIR(0x78, Flag.NO_OWNER_NEEDED | Flag.AUTH_0),
    MAKE_IDENTITY(0x79, Flag.ALL | Flag.AUTH_1 | Flag.AUTH_2 | Flag.AUDITED, 11, 17),
    ACTIVATE_IDENTITY(0x7A, Flag.ALL | Flag.AUTH_1 | Flag.AUTH_2 | Flag.AUDITED | Flag.KEY, 10, 16),
    READ_PUBEK(0x7C, Flag.NO_OWNER_NEEDED | Flag.AUTH_0 | Flag.AUDITED),
    OWNER_READ_PUBEK(0x7D, Flag.ALL | Flag.AUTH_1 | Flag.AUDITED, 9, Flag.NONE),
    DISABLE_PUBEK_READ(0x7E, Flag.ALL | Flag.AUTH_1 | Flag.AUDITED, 8, Flag.NONE),
    CREATE_REVOCABLE_EK(0x7F, Flag.NO_OWNER_NEEDED | Flag.AUTH_0),
    REVOKE_TRUST(0x80, Flag.NO_OWNER_NEEDED | Flag.AUTH_0),
    OWNER_READ_INTERNAL_PUB(0x81, Flag.ALL | Flag.AUTH_1 | Flag.KEY, 18, Flag.NONE),
    GET_AUDIT_EVENT(0x82, Flag.UNSUPPORTED | Flag.NOT_AUDITABLE),
    GET_AUDIT_EVENT_SIGNED(0x83, Flag.UNSUPPORTED | Flag.NOT_AUDITABLE),
    GET_AUDIT_DIGEST(0x85, Flag.NO_OWNER_NEEDED | Flag.AUTH_0 | Flag.NOT_AUDITABLE),
    GET_AUDIT_DIGEST_SIGNED(0x86, Flag.ALL | Flag.AUTH_0 | Flag.AUTH_1 | Flag.NOT_AUDITABLE | Flag.KEY, Flag.NONE, 15),
    GET_ORDINAL_AUDIT_STATUS(0x8C, Flag.UNSUPPORTED | Flag.NOT_AUDITABLE),
    SET_ORDINAL_AUDIT_STATUS(0x8D, Flag.ALL | Flag.AUTH_1 | Flag.AUDITED, 30, Flag.NONE),
    TERMINATE_HANDLE(0x96, Flag.TESTED | Flag.NO_LOCKOUT | Flag.AUTH_0 | Flag.HANDLE),
    INIT(0x97, Flag.AUTH_0),
    SAVE_STATE(0x98, Flag.TESTED | Flag.NO_LOCKOUT | Flag.AUTH_0),
    STARTUP(0x99, Flag.AUTH_0),
    SET_REDIRECTION(0x9A, Flag.UNSUPPORTED | Flag.KEY, 7, Flag.NONE),
    SHA1_START(0xA0, Flag.TESTED | Flag.NO_LOCKOUT | Flag.AUTH_0),
    SHA1_UPDATE(0xA1, Flag.TESTED | Flag.NO_LOCKOUT | Flag.AUTH_0),
    SHA1_COMPLETE(0xA2, Flag.TESTED | Flag.NO_LOCKOUT | Flag.AUTH_0),
    SHA1_COMPLETE_EXTEND(0xA3, Flag.TESTED | Flag.NO_LOCKOUT | Flag.AUTH_0),
    FIELD_UPGRADE(0xAA, Flag.UNSUPPORTED, 6, Flag.NONE),
    SAVE_KEY_CONTEXT(0xB4, Flag.NO_OWNER_NEEDED | Flag.AUTH_0 | Flag.KEY),
    LOAD_KEY_CONTEXT(0xB5, Flag.NO_OWNER_NEEDED | Flag.AUTH_0 | Flag.RETURNS_HANDLE),
    SAVE_AUTH_CONTEXT(0xB6, Flag.NO_OWNER_NEEDED | Flag.AUTH_0 | Flag.HANDLE),
    LOAD_AUTH_CONTEXT(0xB7, Flag.NO_OWNER_NEEDED | Flag.AUTH_0 | Flag.RETURNS_HANDLE),
    SAVE_CONTEXT(0xB8, Flag.ALL | Flag.AUTH_0 | Flag.PERHAPS_KEY),
    LOAD_CONTEXT(0xB9, Flag.ALL | Flag.AUTH_0 | Flag.HANDLE | Flag.RETURNS_HANDLE),
    FLUSH_SPECIFIC(0xBA, Flag.TESTED | Flag.NO_LOCKOUT | Flag.AUTH_0 | Flag.PERHAPS_KEY),
    PCR_RESET(0xC8, Flag.TESTED | Flag.NO_LOCKOUT | Flag.AUTH_0),
    NV_DEFINE_SPACE(0xCC, Flag.NO_OWNER_NEEDED | Flag.NV | Flag.AUTH_0 | Flag.AUTH_1, 14, Flag.NONE),
    NV_WRITE_VALUE(0xCD, Flag.TESTED | Flag.NO_LOCKOUT | Flag.NV | Flag.AUTH_0 | Flag.AUTH_1, 27, Flag.NONE),
    NV_WRITE_VALUE_AUTH(0xCE, Flag.ALL | Flag.AUTH_1),
    NV_READ_VALUE(0xCF, Flag.TESTED | Flag.NO_LOCKOUT | Flag.NV | Flag.AUTH_0 | Flag.AUTH_1, 25, Flag.NONE),
    NV_READ_VALUE_AUTH(0xD0, Flag.ALL | Flag.AUTH_1),
    DELEGATE_UPDATE_VERIFICATION(0xD1, Flag.ALL | Flag.AUTH_1, 5, Flag.NONE),
    DELEGATE_MANAGE(0xD2, Flag.NO_OWNER_NEEDED | Flag.AUTH_0 | Flag.AUTH_1, 2, Flag.NONE),
    DELEGATE_CREATE_KEY_DELEGATION(0xD4, Flag.ALL | Flag.AUTH_1 | Flag.KEY, Flag.NONE, 7),
    DELEGATE_CREATE_OWNER_DELEGATION(0xD5, Flag.ALL | Flag.AUTH_1, 1, Flag.NONE),
    DELEGATE_VERIFY_DELEGATION(0xD6, Flag.ALL | Flag.AUTH_0),
    DELEGATE_LOAD_OWNER_DELEGATION(0xD8, Flag.NO_OWNER_NEEDED | Flag.AUTH_0 | Flag.AUTH_1, 24, Flag.NONE),
    DELEGATE_READ_TABLE(0xDB, Flag.NO_OWNER_NEEDED | Flag.AUTH_0),
    CREATE_COUNTER(0xDC, Flag.ALL | Flag.AUTH_1, 4, Flag.NONE),
    INCREMENT_COUNTER(0xDD, Flag.ALL | Flag.AUTH_1),
    READ_COUNTER(0xDE, Flag.NO_OWNER_NEEDED | Flag.AUTH_0),
    RELEASE_COUNTER(0xDF, Flag.NO_OWNER_NEEDED | Flag.AUTH_1),
    RELEASE_COUNTER_OWNER(0xE0, Flag.ALL | Flag.AUTH_1, 3, Flag.NONE),
    ESTABLISH_TRANSPORT(0xE6, Flag.ALL | Flag.AUTH_0 | Flag.AUTH_1 | Flag.KEY | Flag.NOT_WRAPPABLE, Flag.NONE, 21),
    EXECUTE_TRANSPORT(0xE7, Flag.ALL | Flag.AUTH_1 | Flag.NOT_WRAPPABLE),
    RELEASE_TRANSPORT_SIGNED(0xE8, Flag.ALL | Flag.AUTH_1 | Flag.AUTH_2 | Flag.NOT_WRAPPABLE, Flag.NONE, 20),
    GET_TICKS(0xF1, Flag.NO_OWNER_NEEDED | Flag.AUTH_0),
    TICK_STAMP_BLOB(0xF2, Flag.ALL | Flag.AUTH_0 | Flag.AUTH_1 | Flag.KEY, Flag.NONE, 27),
    TSC_PHYSICAL_PRESENCE(0x4000000A, Flag.TESTED | Flag.NO_LOCKOUT | Flag.AUTH_0),
    TSC_RESET_ESTABLISHMENT_BIT(0x4000000B, Flag.TESTED | Flag.NO_LOCKOUT | Flag.AUTH_0);

    private static final int TSC_BASE = 0x4000_0000;
    private static final int MAX_PLAIN = 0x100;
    private static final int HANDLE_SIZE = 4;
    /** All of TPM_OSAP: type, value and nonce. */
    private static final int OSAP_SIZE = 26;
    /** What TPM_DSAP has before its one parameter that a transport session encrypts: type, value, nonce and a size. */
    private static final int DSAP_HEAD_SIZE = 30;

    private static final Ordinal[] PLAIN = plain();

    private final int code;
    private final int flags;
    private final int ownerPermission;
    private final int keyPermission;

    Ordinal(int code, int flags) {
        this(code, flags, Flag.NONE, Flag.NONE);
    }

    Ordinal(int code, int flags, int ownerPermission, int keyPermission) {
        this.code = code;
        this.flags = flags;
        this.ownerPermission = ownerPermission;
        this.keyPermission = keyPermission;
    }

    /** The row of {@code code}, or null where libtpms has none. */
    public static Ordinal of(int code) {
        if (code >= 0 && code < MAX_PLAIN) {
            return PLAIN[code];
        }
        if (code == TSC_PHYSICAL_PRESENCE.code) {
            return TSC_PHYSICAL_PRESENCE;
        }
        return code == TSC_RESET_ESTABLISHMENT_BIT.code ? TSC_RESET_ESTABLISHMENT_BIT : null;
    }

    /** The number on the wire. */
    public int code() {
        return code;
    }

    /** Whether libtpms can do it; the others answer TPM_BAD_ORDINAL. */
    public boolean isSupported() {
        return !has(Flag.UNSUPPORTED);
    }

    /** Whether the command can come with this tag. */
    public boolean allows(CommandTag tag) {
        return has(Flag.AUTH_0 << tag.authCount());
    }

    /** Whether a self-test that failed forbids the command (TPM_FAILEDSELFTEST). */
    public boolean needsWorkingTpm() {
        return has(Flag.TESTED);
    }

    /** Whether the command, if it is authorized, waits for the end of a dictionary attack (TPM_DEFEND_LOCK_RUNNING). */
    public boolean waitsForLockout() {
        return has(Flag.NO_LOCKOUT);
    }

    /** Whether a disabled TPM refuses the command (TPM_DISABLED). */
    public boolean needsEnabled() {
        return has(Flag.ENABLED);
    }

    /** Whether a deactivated TPM refuses the command (TPM_DEACTIVATED). */
    public boolean needsActivated() {
        return has(Flag.ACTIVATED);
    }

    /** Whether the command needs an owner (TPM_NOSRK). */
    public boolean needsOwner() {
        return has(Flag.OWNER);
    }

    /** Whether the command also runs in a disabled or deactivated TPM as long as its NV is not locked. */
    public boolean isOpenWhileNvIsUnlocked() {
        return has(Flag.NV);
    }

    /** Whether the command can be audited at all. */
    public boolean isAuditable() {
        return isSupported() && !has(Flag.NOT_AUDITABLE);
    }

    /** Whether a new TPM audits the command. */
    public boolean isAuditedByDefault() {
        return has(Flag.AUDITED);
    }

    /** The bit of TPM_DELEGATIONS.per1 that lets a delegate of the owner run the command, or -1 for none. */
    public int ownerPermission() {
        return ownerPermission;
    }

    /** The bit of TPM_DELEGATIONS.per1 that lets a delegate of a key run the command, or -1 for none. */
    public int keyPermission() {
        return keyPermission;
    }

    /** Whether the command can be wrapped in a transport session. */
    public boolean isWrappable() {
        return !has(Flag.NOT_WRAPPABLE);
    }

    /** How many key handles are at the beginning of the parameters: 0 to 2; see {@link #isKeyHandleUncertain}. */
    public int keyHandles() {
        return has(Flag.TWO_KEYS) ? 2 : has(Flag.KEY | Flag.PERHAPS_KEY) ? 1 : 0;
    }

    /** Whether a parameter says if the first handle is that of a key. */
    public boolean isKeyHandleUncertain() {
        return has(Flag.PERHAPS_KEY);
    }

    /** How many octets at the beginning of the parameters a transport session leaves unencrypted; libtpms counts so. */
    public int inputHandleSize() {
        return switch (this) {
            case OSAP -> OSAP_SIZE;
            case DSAP -> DSAP_HEAD_SIZE;
            case OWNER_READ_INTERNAL_PUB -> 0;
            default -> has(Flag.HANDLE) ? HANDLE_SIZE : keyHandles() * HANDLE_SIZE;
        };
    }

    /** How many octets at the beginning of the response's parameters a transport session leaves unencrypted. */
    public int outputHandleSize() {
        return switch (this) {
            case OIAP -> HANDLE_SIZE + TpmLimits.NONCE_SIZE;
            case OSAP, DSAP -> HANDLE_SIZE + 2 * TpmLimits.NONCE_SIZE;
            default -> has(Flag.RETURNS_HANDLE) ? HANDLE_SIZE : 0;
        };
    }

    /** Whether the command is one of the connection, the TSC ordinals, which count apart from the others. */
    public boolean isConnection() {
        return code >= TSC_BASE;
    }

    private boolean has(int flag) {
        return (flags & flag) != 0;
    }

    private static Ordinal[] plain() {
        Ordinal[] table = new Ordinal[MAX_PLAIN];
        for (Ordinal row : values()) {
            if (!row.isConnection()) {
                table[row.code] = row;
            }
        }
        return table;
    }

    /** In a class of its own: an enum's constants are made before its static fields. */
    private static final class Flag {
        static final int NONE = -1;

        static final int AUTH_0 = 1;
        static final int AUTH_1 = 1 << 1;
        static final int AUTH_2 = 1 << 2;
        static final int TESTED = 1 << 3;
        static final int NO_LOCKOUT = 1 << 4;
        static final int ENABLED = 1 << 5;
        static final int ACTIVATED = 1 << 6;
        static final int OWNER = 1 << 7;
        static final int NV = 1 << 8;
        static final int UNSUPPORTED = 1 << 9;
        static final int NOT_AUDITABLE = 1 << 10;
        static final int AUDITED = 1 << 11;
        static final int KEY = 1 << 12;
        static final int TWO_KEYS = 1 << 13;
        static final int PERHAPS_KEY = 1 << 14;
        static final int HANDLE = 1 << 15;
        static final int RETURNS_HANDLE = 1 << 16;
        static final int NOT_WRAPPABLE = 1 << 17;
        static final int NO_OWNER_NEEDED = TESTED | NO_LOCKOUT | ENABLED | ACTIVATED;
        static final int ALL = NO_OWNER_NEEDED | OWNER;
    }
}
