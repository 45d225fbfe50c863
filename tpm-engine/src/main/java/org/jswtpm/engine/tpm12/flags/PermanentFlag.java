package org.jswtpm.engine.tpm12.flags;

/** TPM_PERMANENT_FLAGS (Part 2, 7.1), in the order of the specification and of the state: flag n is bit n. */
public enum PermanentFlag {
    DISABLE,
    OWNERSHIP,
    DEACTIVATED,
    READ_PUBEK,
    DISABLE_OWNER_CLEAR,
    ALLOW_MAINTENANCE,
    PHYSICAL_PRESENCE_LIFETIME_LOCK,
    PHYSICAL_PRESENCE_HW_ENABLE,
    PHYSICAL_PRESENCE_CMD_ENABLE,
    CEKP_USED,
    TPM_POST,
    TPM_POST_LOCK,
    FIPS,
    OPERATOR,
    ENABLE_REVOKE_EK,
    NV_LOCKED,
    READ_SRK_PUB,
    TPM_ESTABLISHED,
    MAINTENANCE_DONE,
    DISABLE_FULL_DA_LOGIC_INFO
}
