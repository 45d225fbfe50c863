/** Delegation of the owner's and of keys' authorization (Part 3, 19). */
package org.jswtpm.engine.tpm12.command.delegation;
