package org.jswtpm.engine.tpm12.command.capability;

/** TPM_CAPABILITY_AREA (Part 2, 21.1). */
enum CapabilityArea {
    ORD(0x01),
    ALG(0x02),
    PID(0x03),
    FLAG(0x04),
    PROPERTY(0x05),
    VERSION(0x06),
    KEY_HANDLE(0x07),
    CHECK_LOADED(0x08),
    SYM_MODE(0x09),
    KEY_STATUS(0x0C),
    NV_LIST(0x0D),
    MFR(0x10),
    NV_INDEX(0x11),
    TRANS_ALG(0x12),
    HANDLE(0x14),
    TRANS_ES(0x15),
    AUTH_ENCRYPT(0x17),
    SELECT_SIZE(0x18),
    DA_LOGIC(0x19),
    VERSION_VAL(0x1A),
    /** Any other number: TPM_BAD_MODE, once the TPM is tested. */
    UNKNOWN(-1);

    private final int value;

    CapabilityArea(int value) {
        this.value = value;
    }

    static CapabilityArea of(int value) {
        for (CapabilityArea area : values()) {
            if (area.value == value) {
                return area;
            }
        }
        return UNKNOWN;
    }
}
