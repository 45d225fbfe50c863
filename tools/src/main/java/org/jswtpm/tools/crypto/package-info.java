/** The cryptography that a client of a TPM 1.2 needs for its authorization (Main Specification, Part 1, 13). */
package org.jswtpm.tools.crypto;
