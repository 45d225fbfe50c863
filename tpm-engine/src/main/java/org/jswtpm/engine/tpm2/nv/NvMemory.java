package org.jswtpm.engine.tpm2.nv;

/** What the TPM keeps in NV for its users: NV Indices and persistent objects (Part 1, 37). */
public final class NvMemory {}
