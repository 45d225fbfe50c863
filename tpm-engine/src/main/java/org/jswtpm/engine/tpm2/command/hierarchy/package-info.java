/**
 * Hierarchy commands (Part 3, 24): primary objects, and what an owner or a platform does to a whole hierarchy. It uses the
 * rooms of the TPM.
 */
package org.jswtpm.engine.tpm2.command.hierarchy;
