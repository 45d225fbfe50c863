/** Saving resources outside of the TPM, and keys that the owner keeps in it (Part 3, 21). */
package org.jswtpm.engine.tpm12.command.context;
