/**
 * The same commands to this engine and to a running swtpm, from the same state: scenes of valid commands and mutations of
 * them. Response codes are compared always, whole responses where they do not depend on random numbers.
 */
package org.jswtpm.engine.tpm2.differential;
