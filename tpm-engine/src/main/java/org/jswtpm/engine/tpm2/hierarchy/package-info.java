/**
 * The hierarchies of a TPM, their primary seeds and proofs (Part 1, 14), and the tickets that the proofs seal (Part 2,
 * 10.6). It uses {@code structure}, {@code crypto} and the account of NV changes.
 */
package org.jswtpm.engine.tpm2.hierarchy;
