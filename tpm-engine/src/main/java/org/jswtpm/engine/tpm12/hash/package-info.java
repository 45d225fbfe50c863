/**
 * The SHA-1 threads: the one of commands (Part 3, 13) and that of the platform.
 */
package org.jswtpm.engine.tpm12.hash;
