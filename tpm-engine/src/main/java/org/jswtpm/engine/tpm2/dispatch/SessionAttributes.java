package org.jswtpm.engine.tpm2.dispatch;

/** TPMA_SESSION (Part 2, 8.4). */
final class SessionAttributes {
    static final int CONTINUE_SESSION = 1;
    static final int AUDIT_EXCLUSIVE = 1 << 1;
    static final int AUDIT_RESET = 1 << 2;
    static final int DECRYPT = 1 << 5;
    static final int ENCRYPT = 1 << 6;
    static final int AUDIT = 1 << 7;
    static final int RESERVED = 0x18;

    private SessionAttributes() {}
}
