/**
 * How the TPM came up and how it went down (Part 1, 12.2): what is initialized, the counters of resets and restarts.
 */
package org.jswtpm.engine.tpm2.startup;
