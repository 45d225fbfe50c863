/**
 * Direct Anonymous Attestation (Part 2, 22; Part 3, 26): the sessions of TPM_DAA_Join and TPM_DAA_Sign, and what each stage of
 * them computes. It uses the permanent data and crypto; the commands choose the stage.
 */
package org.jswtpm.engine.tpm12.daa;
