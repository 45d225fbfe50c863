package org.jswtpm.engine.tpm2.structure;

import org.jswtpm.engine.wire.TpmException;
import org.jswtpm.engine.wire.WireReader;

/**
 * TPM_RC, a response code (Part 2, 6.6). A format-one code can say which handle, parameter or session it speaks of:
 * {@code VALUE.parameter(2)}.
 *
 * @param value the code as it goes onto the wire
 */
public record TpmRc(int value) {
    private static final int RC_VER1 = 0x100;
    private static final int RC_FMT1 = 0x080;
    private static final int RC_WARN = 0x900;
    private static final int RC_P = 0x040;
    private static final int RC_S = 0x800;
    private static final int NUMBER_SHIFT = 8;

    public static final TpmRc SUCCESS = new TpmRc(0);
    public static final TpmRc BAD_TAG = new TpmRc(0x01E);

    public static final TpmRc INITIALIZE = new TpmRc(RC_VER1);
    public static final TpmRc FAILURE = new TpmRc(RC_VER1 + 0x001);
    public static final TpmRc SEQUENCE = new TpmRc(RC_VER1 + 0x003);
    public static final TpmRc PRIVATE = new TpmRc(RC_VER1 + 0x00B);
    public static final TpmRc HMAC = new TpmRc(RC_VER1 + 0x019);
    public static final TpmRc DISABLED = new TpmRc(RC_VER1 + 0x020);
    public static final TpmRc EXCLUSIVE = new TpmRc(RC_VER1 + 0x021);
    public static final TpmRc AUTH_TYPE = new TpmRc(RC_VER1 + 0x024);
    public static final TpmRc AUTH_MISSING = new TpmRc(RC_VER1 + 0x025);
    public static final TpmRc POLICY = new TpmRc(RC_VER1 + 0x026);
    public static final TpmRc PCR = new TpmRc(RC_VER1 + 0x027);
    public static final TpmRc PCR_CHANGED = new TpmRc(RC_VER1 + 0x028);
    public static final TpmRc UPGRADE = new TpmRc(RC_VER1 + 0x02D);
    public static final TpmRc TOO_MANY_CONTEXTS = new TpmRc(RC_VER1 + 0x02E);
    public static final TpmRc AUTH_UNAVAILABLE = new TpmRc(RC_VER1 + 0x02F);
    public static final TpmRc REBOOT = new TpmRc(RC_VER1 + 0x030);
    public static final TpmRc UNBALANCED = new TpmRc(RC_VER1 + 0x031);
    public static final TpmRc COMMAND_SIZE = new TpmRc(RC_VER1 + 0x042);
    public static final TpmRc COMMAND_CODE = new TpmRc(RC_VER1 + 0x043);
    public static final TpmRc AUTHSIZE = new TpmRc(RC_VER1 + 0x044);
    public static final TpmRc AUTH_CONTEXT = new TpmRc(RC_VER1 + 0x045);
    public static final TpmRc NV_RANGE = new TpmRc(RC_VER1 + 0x046);
    public static final TpmRc NV_SIZE = new TpmRc(RC_VER1 + 0x047);
    public static final TpmRc NV_LOCKED = new TpmRc(RC_VER1 + 0x048);
    public static final TpmRc NV_AUTHORIZATION = new TpmRc(RC_VER1 + 0x049);
    public static final TpmRc NV_UNINITIALIZED = new TpmRc(RC_VER1 + 0x04A);
    public static final TpmRc NV_SPACE = new TpmRc(RC_VER1 + 0x04B);
    public static final TpmRc NV_DEFINED = new TpmRc(RC_VER1 + 0x04C);
    public static final TpmRc BAD_CONTEXT = new TpmRc(RC_VER1 + 0x050);
    public static final TpmRc CPHASH = new TpmRc(RC_VER1 + 0x051);
    public static final TpmRc PARENT = new TpmRc(RC_VER1 + 0x052);
    public static final TpmRc NEEDS_TEST = new TpmRc(RC_VER1 + 0x053);
    public static final TpmRc NO_RESULT = new TpmRc(RC_VER1 + 0x054);
    public static final TpmRc SENSITIVE = new TpmRc(RC_VER1 + 0x055);

    public static final TpmRc ASYMMETRIC = new TpmRc(RC_FMT1 + 0x001);
    public static final TpmRc ATTRIBUTES = new TpmRc(RC_FMT1 + 0x002);
    public static final TpmRc HASH = new TpmRc(RC_FMT1 + 0x003);
    public static final TpmRc VALUE = new TpmRc(RC_FMT1 + 0x004);
    public static final TpmRc HIERARCHY = new TpmRc(RC_FMT1 + 0x005);
    public static final TpmRc KEY_SIZE = new TpmRc(RC_FMT1 + 0x007);
    public static final TpmRc MGF = new TpmRc(RC_FMT1 + 0x008);
    public static final TpmRc MODE = new TpmRc(RC_FMT1 + 0x009);
    public static final TpmRc TYPE = new TpmRc(RC_FMT1 + 0x00A);
    public static final TpmRc HANDLE = new TpmRc(RC_FMT1 + 0x00B);
    public static final TpmRc KDF = new TpmRc(RC_FMT1 + 0x00C);
    public static final TpmRc RANGE = new TpmRc(RC_FMT1 + 0x00D);
    public static final TpmRc AUTH_FAIL = new TpmRc(RC_FMT1 + 0x00E);
    public static final TpmRc NONCE = new TpmRc(RC_FMT1 + 0x00F);
    public static final TpmRc PP = new TpmRc(RC_FMT1 + 0x010);
    public static final TpmRc SCHEME = new TpmRc(RC_FMT1 + 0x012);
    public static final TpmRc SIZE = new TpmRc(RC_FMT1 + 0x015);
    public static final TpmRc SYMMETRIC = new TpmRc(RC_FMT1 + 0x016);
    public static final TpmRc TAG = new TpmRc(RC_FMT1 + 0x017);
    public static final TpmRc SELECTOR = new TpmRc(RC_FMT1 + 0x018);
    public static final TpmRc INSUFFICIENT = new TpmRc(RC_FMT1 + 0x01A);
    public static final TpmRc SIGNATURE = new TpmRc(RC_FMT1 + 0x01B);
    public static final TpmRc KEY = new TpmRc(RC_FMT1 + 0x01C);
    public static final TpmRc POLICY_FAIL = new TpmRc(RC_FMT1 + 0x01D);
    public static final TpmRc INTEGRITY = new TpmRc(RC_FMT1 + 0x01F);
    public static final TpmRc TICKET = new TpmRc(RC_FMT1 + 0x020);
    public static final TpmRc RESERVED_BITS = new TpmRc(RC_FMT1 + 0x021);
    public static final TpmRc BAD_AUTH = new TpmRc(RC_FMT1 + 0x022);
    public static final TpmRc EXPIRED = new TpmRc(RC_FMT1 + 0x023);
    public static final TpmRc POLICY_CC = new TpmRc(RC_FMT1 + 0x024);
    public static final TpmRc BINDING = new TpmRc(RC_FMT1 + 0x025);
    public static final TpmRc CURVE = new TpmRc(RC_FMT1 + 0x026);
    public static final TpmRc ECC_POINT = new TpmRc(RC_FMT1 + 0x027);

    public static final TpmRc CONTEXT_GAP = new TpmRc(RC_WARN + 0x001);
    public static final TpmRc OBJECT_MEMORY = new TpmRc(RC_WARN + 0x002);
    public static final TpmRc SESSION_MEMORY = new TpmRc(RC_WARN + 0x003);
    public static final TpmRc MEMORY = new TpmRc(RC_WARN + 0x004);
    public static final TpmRc SESSION_HANDLES = new TpmRc(RC_WARN + 0x005);
    public static final TpmRc OBJECT_HANDLES = new TpmRc(RC_WARN + 0x006);
    public static final TpmRc LOCALITY = new TpmRc(RC_WARN + 0x007);
    public static final TpmRc CANCELED = new TpmRc(RC_WARN + 0x009);
    public static final TpmRc TESTING = new TpmRc(RC_WARN + 0x00A);
    public static final TpmRc REFERENCE_H0 = new TpmRc(RC_WARN + 0x010);
    public static final TpmRc REFERENCE_S0 = new TpmRc(RC_WARN + 0x018);
    public static final TpmRc NV_RATE = new TpmRc(RC_WARN + 0x020);
    public static final TpmRc LOCKOUT = new TpmRc(RC_WARN + 0x021);
    public static final TpmRc RETRY = new TpmRc(RC_WARN + 0x022);
    public static final TpmRc NV_UNAVAILABLE = new TpmRc(RC_WARN + 0x023);

    /** The codes by which a {@link WireReader} of TPM 2.0 tells of a fault. */
    public static final WireReader.Faults WIRE_FAULTS = new WireReader.Faults(INSUFFICIENT.value, SIZE.value);

    /** This code for parameter {@code number}, from 1. Only a format-one code changes. */
    public TpmRc parameter(int number) {
        return place(RC_P + (number << NUMBER_SHIFT));
    }

    /** This code for handle {@code number}, from 1. Only a format-one code changes. */
    public TpmRc handle(int number) {
        return place(number << NUMBER_SHIFT);
    }

    /** This code for session {@code number}, from 1. Only a format-one code changes. */
    public TpmRc session(int number) {
        return place(RC_S + (number << NUMBER_SHIFT));
    }

    /** A warning that counts from its base, as TPM_RC_REFERENCE_H0 and _S0 do; {@code index} from 0. */
    public TpmRc at(int index) {
        return new TpmRc(value + index);
    }

    /** To be thrown: {@code throw VALUE.parameter(1).exception()}. */
    public TpmException exception() {
        return new TpmException(value);
    }

    /** Ends the command with {@code answer} unless {@code condition} holds. */
    public static void check(boolean condition, TpmRc answer) {
        if (!condition) {
            throw answer.exception();
        }
    }

    private TpmRc place(int place) {
        return (value & RC_FMT1) != 0 ? new TpmRc(value + place) : this;
    }
}
