/**
 * swtpm_cert: X.509 certificates for keys of a TPM, as the TCG's "EK Credential Profile", "Platform Certificate Profile" and
 * "TPM 2.0 Keys for Device Identity and Attestation" lay them out. Bouncy Castle's lightweight API encodes and signs them.
 */
package org.jswtpm.tools.cert;
