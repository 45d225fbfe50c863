/**
 * The platform configuration registers (Part 1, 28; Part 2, 8).
 */
package org.jswtpm.engine.tpm12.pcr;
