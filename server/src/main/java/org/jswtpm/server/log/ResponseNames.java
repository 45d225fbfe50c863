package org.jswtpm.server.log;

/** What a TPM 2.0 response code is called, and what it speaks of (Part 2, 6.6). */
final class ResponseNames {
    private static final int FORMAT_ONE = 0x080;
    private static final int VERSION_2 = 0x100;
    private static final int WARNING = 0x800;
    private static final int PARAMETER = 0x040;
    private static final int SESSION = 0x8;

    /** Codes about a handle, parameter or session, by their lowest six bits. */
    private static final String PLACED = " 01=ASYMMETRIC 02=ATTRIBUTES 03=HASH 04=VALUE 05=HIERARCHY 07=KEY_SIZE 08=MGF"
            + " 09=MODE 0a=TYPE 0b=HANDLE 0c=KDF 0d=RANGE 0e=AUTH_FAIL 0f=NONCE 10=PP 12=SCHEME 15=SIZE 16=SYMMETRIC"
            + " 17=TAG 18=SELECTOR 1a=INSUFFICIENT 1b=SIGNATURE 1c=KEY 1d=POLICY_FAIL 1f=INTEGRITY 20=TICKET"
            + " 21=RESERVED_BITS 22=BAD_AUTH 23=EXPIRED 24=POLICY_CC 25=BINDING 26=CURVE 27=ECC_POINT ";

    /** Other errors, by their lowest seven bits. */
    private static final String ERRORS = " 00=INITIALIZE 01=FAILURE 03=SEQUENCE 0b=PRIVATE 19=HMAC 20=DISABLED"
            + " 21=EXCLUSIVE 24=AUTH_TYPE 25=AUTH_MISSING 26=POLICY 27=PCR 28=PCR_CHANGED 2d=UPGRADE"
            + " 2e=TOO_MANY_CONTEXTS 2f=AUTH_UNAVAILABLE 30=REBOOT 31=UNBALANCED 42=COMMAND_SIZE 43=COMMAND_CODE"
            + " 44=AUTHSIZE 45=AUTH_CONTEXT 46=NV_RANGE 47=NV_SIZE 48=NV_LOCKED 49=NV_AUTHORIZATION 4a=NV_UNINITIALIZED"
            + " 4b=NV_SPACE 4c=NV_DEFINED 50=BAD_CONTEXT 51=CPHASH 52=PARENT 53=NEEDS_TEST 54=NO_RESULT 55=SENSITIVE ";

    /** Warnings, by their lowest seven bits. */
    private static final String WARNINGS = " 01=CONTEXT_GAP 02=OBJECT_MEMORY 03=SESSION_MEMORY 04=MEMORY"
            + " 05=SESSION_HANDLES 06=OBJECT_HANDLES 07=LOCALITY 08=YIELDED 09=CANCELED 0a=TESTING 10=REFERENCE_H0"
            + " 11=REFERENCE_H1 12=REFERENCE_H2 18=REFERENCE_S0 19=REFERENCE_S1 1a=REFERENCE_S2 20=NV_RATE 21=LOCKOUT"
            + " 22=RETRY 23=NV_UNAVAILABLE ";

    private ResponseNames() {}

    /** Such as {@code TPM_RC_VALUE for parameter 2}; the number where it has no name. */
    static String describe(int code) {
        String name = name(code);
        if (name == null) {
            return "response code 0x" + Integer.toHexString(code);
        }
        int index = code >>> 8 & 0xf;
        if ((code & FORMAT_ONE) == 0 || index == 0) {
            return "TPM_RC_" + name;
        }
        if ((code & PARAMETER) != 0) {
            return "TPM_RC_" + name + " for parameter " + index;
        }
        return "TPM_RC_" + name + (index >= SESSION ? " for session " + (index - SESSION) : " for handle " + index);
    }

    private static String name(int code) {
        if (code == 0) {
            return "SUCCESS";
        }
        if (code < 0 || code > 0xfff) {
            return null;
        }
        if ((code & FORMAT_ONE) != 0) {
            return entry(PLACED, code & 0x3f);
        }
        if ((code & VERSION_2) == 0) {
            return code == 0x1e ? "BAD_TAG" : null;
        }
        return entry((code & WARNING) == 0 ? ERRORS : WARNINGS, code & 0x7f);
    }

    private static String entry(String table, int number) {
        String key = (number < 0x10 ? " 0" : " ") + Integer.toHexString(number) + "=";
        int at = table.indexOf(key);
        return at < 0 ? null : table.substring(at + key.length(), table.indexOf(' ', at + 1));
    }
}
