/** Asymmetric primitives (Part 3, 14): RSA encryption, ECDH and its curves. */
package org.jswtpm.engine.tpm2.command.asymmetric;
