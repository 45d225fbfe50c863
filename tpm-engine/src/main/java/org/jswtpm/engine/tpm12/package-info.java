/**
 * A TPM 1.2: the command table, the state and the lock before it. The rooms are the packages below this one; {@code command}
 * holds a folder for each chapter of Part 3.
 */
package org.jswtpm.engine.tpm12;
