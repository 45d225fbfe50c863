package org.jswtpm.engine;

/** The state blobs of a TPM, as libtpms divides them. */
public enum StateKind {
    /** What a TPM keeps in its non-volatile memory: seeds, auth values, NV indices, persistent objects. */
    PERMANENT,
    /** Everything a running TPM holds besides: sessions, transient objects, PCRs, clocks. */
    VOLATILE,
    /** What TPM_SaveState keeps; TPM 1.2 only. */
    SAVE_STATE
}
