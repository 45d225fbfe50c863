/**
 * Time and Clock of the TPM (Part 1, 36).
 */
package org.jswtpm.engine.tpm2.clock;
