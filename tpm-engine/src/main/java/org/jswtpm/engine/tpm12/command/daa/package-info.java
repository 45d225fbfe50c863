/** Direct Anonymous Attestation (Part 3, 26). */
package org.jswtpm.engine.tpm12.command.daa;
