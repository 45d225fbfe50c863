/**
 * The flags of a TPM 1.2 (Part 2, 7.1 to 7.3), each in the room of its life time. Uses {@code structure} only.
 */
package org.jswtpm.engine.tpm12.flags;
