/**
 * The same commands of TPM 1.2 to this engine and to a running swtpm, from the same state: scenes of valid commands and
 * mutations of them. Each TPM has sessions and handles of its own. Response codes are compared always, parameters where they do
 * not depend on random numbers or on time.
 */
package org.jswtpm.engine.tpm12.differential;
