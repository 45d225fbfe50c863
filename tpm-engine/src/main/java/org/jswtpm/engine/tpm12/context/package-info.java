/**
 * Which contexts were saved outside of the TPM (Part 1, 21.1; Part 2, 18).
 */
package org.jswtpm.engine.tpm12.context;
