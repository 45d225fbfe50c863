/**
 * Signing keys in PKCS #11 modules (version 2.40), found by URIs (RFC 7512). The modules are called through the foreign
 * function API: the JDK's own provider shows no private key whose certificate is not in the token, and those of a CA's
 * owner seldom are (docs/adr/0009). Without a {@code module-path} the URI is resolved by p11-kit, whose proxy joins all
 * modules that the machine knows.
 */
package org.jswtpm.tools.pkcs11;
