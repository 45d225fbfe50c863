/** Ephemeral ECC keys (Part 3, 19). The account of those that are given out is in {@code tpm2.ephemeral}. */
package org.jswtpm.engine.tpm2.command.ephemeral;
