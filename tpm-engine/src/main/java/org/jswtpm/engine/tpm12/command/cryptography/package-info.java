/** Cryptographic functions (Part 3, 13). */
package org.jswtpm.engine.tpm12.command.cryptography;
