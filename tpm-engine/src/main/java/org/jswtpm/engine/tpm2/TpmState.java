package org.jswtpm.engine.tpm2;

/** The live state of one TPM: the one place that holds its rooms, handed to each command's action. */
public final class TpmState {}
