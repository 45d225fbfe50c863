/**
 * The blobs that libtpms writes for a TPM 1.2: permanent, volatile and saved state. Each reads into and writes from the rooms.
 */
package org.jswtpm.engine.tpm12.state;
