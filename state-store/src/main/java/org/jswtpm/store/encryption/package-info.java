/**
 * The cryptography of swtpm's state files: {@code docs/state/swtpm-files.md}, sections 2.4 and 2.5. The only package of
 * the module that uses Bouncy Castle; what it is given and gives back are octets.
 */
package org.jswtpm.store.encryption;
