/**
 * Profiles: which commands, algorithms and key sizes a TPM 2.0 has, how strict it is, and in which form its state is written.
 * They are libtpms' own, chosen when a TPM is made and kept in its state.
 */
package org.jswtpm.engine.tpm2.profile;
