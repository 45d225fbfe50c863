package org.jswtpm.engine.tpm2.session;

/** TPM_SE (Part 2, 6.11). */
public enum SessionType {
    HMAC(0x00),
    POLICY(0x01),
    TRIAL(0x03);

    private final int value;

    SessionType(int value) {
        this.value = value;
    }

    /** The type of {@code value}, or null if there is none. */
    public static SessionType of(int value) {
        return switch (value) {
            case 0x00 -> HMAC;
            case 0x01 -> POLICY;
            case 0x03 -> TRIAL;
            default -> null;
        };
    }

    /** The octet on the wire. */
    public int value() {
        return value;
    }
}
