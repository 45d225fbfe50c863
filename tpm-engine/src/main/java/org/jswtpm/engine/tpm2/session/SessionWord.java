package org.jswtpm.engine.tpm2.session;

/** What a session is and asks for, in the 32 bits in which libtpms keeps it (SESSION_ATTRIBUTES). */
public final class SessionWord {
    private static final int POLICY = 1;
    private static final int AUDIT = 1 << 1;
    private static final int BOUND = 1 << 2;
    private static final int CP_HASH = 1 << 3;
    private static final int AUTH_VALUE_NEEDED = 1 << 4;
    private static final int PASSWORD_NEEDED = 1 << 5;
    private static final int PP_REQUIRED = 1 << 6;
    private static final int TRIAL = 1 << 7;
    private static final int DA_BOUND = 1 << 8;
    private static final int LOCKOUT_BOUND = 1 << 9;
    private static final int INCLUDE_AUTH = 1 << 10;
    private static final int CHECK_NV_WRITTEN = 1 << 11;
    private static final int NV_WRITTEN_STATE = 1 << 12;
    private static final int TEMPLATE_HASH = 1 << 13;
    private static final int NAME_HASH = 1 << 14;
    private static final int PARAMETERS_HASH = 1 << 15;

    private SessionWord() {}

    /** The bits of {@code session}. */
    public static int of(Session session) {
        return (session.isPolicy() ? POLICY : 0)
                | (session.isAudit() ? AUDIT : 0)
                | bit(session.restriction())
                | (session.isAuthValueNeeded() ? AUTH_VALUE_NEEDED : 0)
                | (session.isPasswordNeeded() ? PASSWORD_NEEDED : 0)
                | (session.isPpRequired() ? PP_REQUIRED : 0)
                | (session.isTrial() ? TRIAL : 0)
                | (session.isDaBound() ? DA_BOUND : 0)
                | (session.isLockoutBound() ? LOCKOUT_BOUND : 0)
                | (session.includesAuth() ? INCLUDE_AUTH : 0)
                | (session.isNvWrittenChecked() ? CHECK_NV_WRITTEN : 0)
                | (session.nvWrittenState() ? NV_WRITTEN_STATE : 0);
    }

    /** Which type of session {@code bits} are of. */
    public static SessionType type(int bits) {
        if ((bits & POLICY) == 0) {
            return SessionType.HMAC;
        }
        return (bits & TRIAL) == 0 ? SessionType.POLICY : SessionType.TRIAL;
    }

    /**
     * Gives a session that was just made all that {@code bits} say beside its type. The digest is to be set after this: an
     * audit session begins with zeros.
     *
     * @param restrictionValue what it is restricted to; taken over
     */
    public static void apply(int bits, byte[] restrictionValue, Session session) {
        if ((bits & AUDIT) != 0) {
            session.startAudit();
        }
        session.restrict(restriction(bits, restrictionValue), restrictionValue);
        if ((bits & AUTH_VALUE_NEEDED) != 0) {
            session.needAuthValue();
        }
        if ((bits & PASSWORD_NEEDED) != 0) {
            session.needPassword();
        }
        if ((bits & PP_REQUIRED) != 0) {
            session.setPpRequired();
        }
        session.setDaBound((bits & DA_BOUND) != 0, (bits & LOCKOUT_BOUND) != 0);
        session.setIncludesAuth((bits & INCLUDE_AUTH) != 0);
        if ((bits & CHECK_NV_WRITTEN) != 0) {
            session.checkNvWritten((bits & NV_WRITTEN_STATE) != 0);
        }
    }

    private static int bit(Restriction restriction) {
        return switch (restriction) {
            case NONE -> 0;
            case BOUND_ENTITY -> BOUND;
            case CP_HASH -> CP_HASH;
            case NAME_HASH -> NAME_HASH;
            case TEMPLATE_HASH -> TEMPLATE_HASH;
            case PARAMETERS_HASH -> PARAMETERS_HASH;
        };
    }

    /** Below StateFormatLevel 4 libtpms has no bit for a name hash: it is what a policy session has where there is no bit. */
    private static Restriction restriction(int bits, byte[] value) {
        for (Restriction restriction : Restriction.values()) {
            if ((bits & bit(restriction)) != 0) {
                return restriction;
            }
        }
        return (bits & POLICY) != 0 && value.length > 0 ? Restriction.NAME_HASH : Restriction.NONE;
    }
}
