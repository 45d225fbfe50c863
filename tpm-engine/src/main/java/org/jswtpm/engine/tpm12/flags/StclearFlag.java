package org.jswtpm.engine.tpm12.flags;

/** TPM_STCLEAR_FLAGS (Part 2, 7.2), in the order of the specification. */
public enum StclearFlag {
    DEACTIVATED,
    DISABLE_FORCE_CLEAR,
    PHYSICAL_PRESENCE,
    PHYSICAL_PRESENCE_LOCK,
    GLOBAL_LOCK
}
