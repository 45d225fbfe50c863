package org.jswtpm.store;

/** The blobs of a TPM, by the names that libtpms gives them and that are the suffixes of swtpm's files. */
public enum StateName {
    /** Permanent state. */
    PERMALL("permall"),
    /** Volatile state: what a running TPM holds besides. */
    VOLATILESTATE("volatilestate"),
    /** What TPM_SaveState keeps; TPM 1.2 only. */
    SAVESTATE("savestate");

    private final String suffix;

    StateName(String suffix) {
        this.suffix = suffix;
    }

    /** The name as it is part of file names and of the output of {@code --print-states}. */
    public String suffix() {
        return suffix;
    }
}
