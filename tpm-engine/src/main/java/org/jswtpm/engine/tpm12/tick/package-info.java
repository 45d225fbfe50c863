/**
 * The tick counter (Part 1, 20; Part 2, 15).
 */
package org.jswtpm.engine.tpm12.tick;
