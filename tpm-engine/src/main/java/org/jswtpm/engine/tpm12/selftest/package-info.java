/**
 * Whether the TPM works (Part 1, 9).
 */
package org.jswtpm.engine.tpm12.selftest;
