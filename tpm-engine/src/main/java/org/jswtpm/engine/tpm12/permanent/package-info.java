/**
 * TPM_PERMANENT_DATA (Part 2, 7.4): the keys and secrets that a TPM 1.2 keeps for good.
 */
package org.jswtpm.engine.tpm12.permanent;
