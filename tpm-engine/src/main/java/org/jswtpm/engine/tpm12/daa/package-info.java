/**
 * The sessions of Direct Anonymous Attestation (Part 2, 22).
 */
package org.jswtpm.engine.tpm12.daa;
