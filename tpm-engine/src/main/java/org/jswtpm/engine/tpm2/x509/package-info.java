/**
 * The parts of X.509 certificates (RFC 5280) that TPM2_CertifyX509 reads and writes, in DER as libtpms reads and writes it: leniently
 * where it does. Knows objects and schemes; nothing of commands.
 */
package org.jswtpm.engine.tpm2.x509;
