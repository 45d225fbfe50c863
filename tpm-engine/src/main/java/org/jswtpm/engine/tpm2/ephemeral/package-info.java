/**
 * The account of ephemeral keys (Part 1, C.2): what TPM2_Commit and TPM2_EC_Ephemeral give, and TPM2_Sign and
 * TPM2_ZGen_2Phase use once.
 */
package org.jswtpm.engine.tpm2.ephemeral;
