/**
 * Context management (Part 3, 28): objects and sessions leave the memory of the TPM and come back, or are made persistent. It
 * uses the rooms of the TPM.
 */
package org.jswtpm.engine.tpm2.command.context;
