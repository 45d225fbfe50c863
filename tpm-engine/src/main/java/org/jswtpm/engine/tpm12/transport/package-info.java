/**
 * Transport sessions (Part 1, 18; Part 2, 13).
 */
package org.jswtpm.engine.tpm12.transport;
