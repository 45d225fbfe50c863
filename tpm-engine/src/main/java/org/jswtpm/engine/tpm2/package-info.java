/**
 * TPM 2.0: the command table, the live state, and {@link org.jswtpm.engine.tpm2.Command}, what each command is made of.
 * The pipeline that runs a command is in {@code dispatch}, the commands are in {@code command}, by chapters of Part 3.
 */
package org.jswtpm.engine.tpm2;
