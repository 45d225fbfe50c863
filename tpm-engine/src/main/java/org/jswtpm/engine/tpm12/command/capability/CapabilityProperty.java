package org.jswtpm.engine.tpm12.command.capability;

import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_MODE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.FAIL;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.counter.Counters;
import org.jswtpm.engine.tpm12.structure.TpmBool;
import org.jswtpm.engine.tpm12.structure.TpmLimits;
import org.jswtpm.engine.tpm12.structure.TpmVersionInfo;
import org.jswtpm.engine.wire.WireWriter;

/** The properties of TPM_CAP_PROPERTY (Part 2, 21.2). */
final class CapabilityProperty {
    private static final int PCR = 0x101;
    private static final int DIR = 0x102;
    private static final int MANUFACTURER = 0x103;
    private static final int KEYS = 0x104;
    private static final int MIN_COUNTER = 0x107;
    private static final int AUTHSESS = 0x10A;
    private static final int TRANSESS = 0x10B;
    private static final int COUNTERS = 0x10C;
    private static final int MAX_AUTHSESS = 0x10D;
    private static final int MAX_TRANSESS = 0x10E;
    private static final int MAX_COUNTERS = 0x10F;
    private static final int MAX_KEYS = 0x110;
    private static final int OWNER = 0x111;
    private static final int CONTEXT = 0x112;
    private static final int MAX_CONTEXT = 0x113;
    private static final int FAMILYROWS = 0x114;
    private static final int TIS_TIMEOUT = 0x115;
    private static final int STARTUP_EFFECT = 0x116;
    private static final int DELEGATE_ROW = 0x117;
    private static final int MAX_DAASESS = 0x119;
    private static final int DAASESS = 0x11A;
    private static final int CONTEXT_DIST = 0x11B;
    private static final int DAA_INTERRUPT = 0x11C;
    private static final int SESSIONS = 0x11D;
    private static final int MAX_SESSIONS = 0x11E;
    private static final int CMK_RESTRICTION = 0x11F;
    private static final int DURATION = 0x120;
    private static final int ACTIVE_COUNTER = 0x122;
    private static final int MAX_NV_AVAILABLE = 0x123;
    private static final int INPUT_BUFFER = 0x124;

    private static final int ONE_SECOND = 1_000_000;
    private static final int SMALL_DURATION = 50 * ONE_SECOND;
    private static final int MEDIUM_DURATION = 100 * ONE_SECOND;
    private static final int LONG_DURATION = 300 * ONE_SECOND;
    /** TPM_STARTUP_EFFECTS (Part 2, 4.8): ST_CLEAR_AUDITDIGEST, ST_ANY_RT_KEY, ST_STATE_RT_HASH. */
    private static final int STARTUP_EFFECTS = 0x54;

    private CapabilityProperty() {}

    /** Whether a TPM that is not tested, or has failed, knows the property. */
    static boolean isKnownUntested(int property) {
        return property == MANUFACTURER || property == DURATION || property == TIS_TIMEOUT;
    }

    static void write(int property, TpmState tpm, WireWriter out) {
        switch (property) {
            case MANUFACTURER -> out.uint32(TpmVersionInfo.VENDOR_ID);
            case OWNER -> TpmBool.marshal(tpm.permanent().isOwnerInstalled(), out);
            case DAA_INTERRUPT -> TpmBool.marshal(true, out);
            case TIS_TIMEOUT ->
                out.uint32(ONE_SECOND).uint32(ONE_SECOND).uint32(ONE_SECOND).uint32(ONE_SECOND);
            case DURATION -> out.uint32(SMALL_DURATION).uint32(MEDIUM_DURATION).uint32(LONG_DURATION);
            default -> out.uint32(number(property, tpm));
        }
    }

    private static int number(int property, TpmState tpm) {
        return switch (property) {
            case KEYS -> tpm.keys().freeCount();
            case AUTHSESS -> tpm.authSessions().freeCount();
            case TRANSESS -> tpm.transports().freeCount();
            case COUNTERS -> tpm.counters().freeCount();
            case CONTEXT -> tpm.contexts().freeCount();
            case DAASESS -> tpm.daaSessions().freeCount();
            case SESSIONS -> tpm.authSessions().freeCount() + tpm.transports().freeCount();
            case CMK_RESTRICTION -> tpm.permanent().restrictDelegate();
            case ACTIVE_COUNTER -> activeCounter(tpm);
            case MAX_NV_AVAILABLE -> nvAvailable(tpm);
            default -> limit(property);
        };
    }

    /** What is the same in every TPM of libtpms. */
    private static int limit(int property) {
        return switch (property) {
            case PCR -> TpmLimits.PCR_COUNT;
            case DIR -> 1;
            case MIN_COUNTER -> 0;
            case MAX_AUTHSESS -> TpmLimits.AUTH_SESSIONS;
            case MAX_TRANSESS -> TpmLimits.TRANSPORT_SESSIONS;
            case MAX_COUNTERS -> TpmLimits.COUNTERS;
            case MAX_KEYS -> TpmLimits.KEY_HANDLES;
            case MAX_CONTEXT -> TpmLimits.SESSION_LIST;
            case FAMILYROWS -> TpmLimits.FAMILY_ROWS;
            case STARTUP_EFFECT -> STARTUP_EFFECTS;
            case DELEGATE_ROW -> TpmLimits.DELEGATE_ROWS;
            case MAX_DAASESS -> TpmLimits.DAA_SESSIONS;
            case CONTEXT_DIST -> -1;
            case MAX_SESSIONS -> TpmLimits.AUTH_SESSIONS + TpmLimits.TRANSPORT_SESSIONS;
            case INPUT_BUFFER -> TpmLimits.BUFFER_MAX;
            default -> throw BAD_MODE.exception();
        };
    }

    private static int activeCounter(TpmState tpm) {
        int active = tpm.counters().activeId();
        return active >= 0 && active < TpmLimits.COUNTERS ? active : Counters.NULL;
    }

    private static int nvAvailable(TpmState tpm) {
        int free = tpm.nv().freeSpace();
        check(free >= 0, FAIL);
        return free;
    }
}
