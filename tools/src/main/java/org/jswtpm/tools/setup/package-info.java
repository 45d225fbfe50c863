/**
 * swtpm_setup: manufactures a TPM by giving a new state its endorsement keys, their certificates and its PCR banks. The
 * commands are those of TPM 2.0, Part 3; the engine runs them in this process, or another program does that is named.
 */
package org.jswtpm.tools.setup;
