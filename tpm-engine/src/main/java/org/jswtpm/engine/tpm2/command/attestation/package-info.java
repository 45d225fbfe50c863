/**
 * Attestation (Part 3, 18): commands by which a key of the TPM signs what the TPM knows. What they share, the choice of key and
 * scheme and the structure that is signed, is in {@code Attestation}; TPM2_NV_Certify uses it too.
 */
package org.jswtpm.engine.tpm2.command.attestation;
