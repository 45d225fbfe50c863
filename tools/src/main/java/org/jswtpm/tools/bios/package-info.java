/**
 * swtpm_bios: what firmware sends to a TPM that was just switched on. For TPM 1.2 the commands of the TCG's PC Client
 * specification (Startup, physical presence, enable, activate), for TPM 2.0 those of Part 3, over the data channel or a
 * device; each command has a connection of its own, since swtpm may close it behind an answer.
 */
package org.jswtpm.tools.bios;
