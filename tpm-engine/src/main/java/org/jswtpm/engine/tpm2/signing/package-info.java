/**
 * Signatures by the keys of the TPM (Part 1, 11.2.7; the signature functions of CryptUtil in the reference): which scheme a key
 * signs with, signing a digest, and verifying a signature. Uses objects, the account of ephemeral keys, and cryptography.
 */
package org.jswtpm.engine.tpm2.signing;
