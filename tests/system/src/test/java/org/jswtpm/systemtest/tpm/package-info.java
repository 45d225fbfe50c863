/**
 * TPM 2.0 commands as octets and responses read from octets (Parts 2 and 3), as far as the system tests need them.
 * They share no code with the engine, so that both cannot be wrong in the same way.
 */
package org.jswtpm.systemtest.tpm;
