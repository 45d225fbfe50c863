/** Symmetric primitives (Part 3, 15): encryption and decryption with a symmetric key. */
package org.jswtpm.engine.tpm2.command.symmetric;
