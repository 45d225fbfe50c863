package org.jswtpm.engine.tpm12.structure;

/** The low octet of TPM_ENTITY_TYPE (Part 2, 4.3), which says what is authorized. */
public final class EntityType {
    /** None: an authorization that no delegation reaches. */
    public static final int NONE = 0;

    public static final int KEYHANDLE = 0x01;
    public static final int OWNER = 0x02;
    public static final int DATA = 0x03;
    public static final int SRK = 0x04;
    public static final int KEY = 0x05;
    public static final int REVOKE = 0x06;
    public static final int DEL_OWNER_BLOB = 0x07;
    public static final int DEL_ROW = 0x08;
    public static final int DEL_KEY_BLOB = 0x09;
    public static final int COUNTER = 0x0A;
    public static final int NV = 0x0B;

    private EntityType() {}
}
