/**
 * The defence against dictionary attacks (Part 1, 23).
 */
package org.jswtpm.engine.tpm12.lockout;
