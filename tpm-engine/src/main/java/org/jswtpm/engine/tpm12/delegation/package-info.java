/**
 * The families and rows of delegation (Part 1, 29; Part 2, 20).
 */
package org.jswtpm.engine.tpm12.delegation;
