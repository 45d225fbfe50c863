/**
 * The structures of TPM 1.2 (Part 2) as records, with their marshalling rules. They use {@code wire} and {@code crypto} only.
 */
package org.jswtpm.engine.tpm12.structure;
