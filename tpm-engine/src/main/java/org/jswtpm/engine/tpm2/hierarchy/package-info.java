/**
 * The hierarchies of a TPM and their primary seeds (Part 1, 14).
 */
package org.jswtpm.engine.tpm2.hierarchy;
