/**
 * Authorization sessions (Part 1, 13; Part 3, 18): OIAP, OSAP, DSAP, and the encryption of new auth values (ADIP).
 */
package org.jswtpm.engine.tpm12.auth;
