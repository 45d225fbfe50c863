/** Capabilities (Part 3, 30): what the TPM says of itself, in the lists of Part 2, 6.12 to 6.14. */
package org.jswtpm.engine.tpm2.command.capability;
