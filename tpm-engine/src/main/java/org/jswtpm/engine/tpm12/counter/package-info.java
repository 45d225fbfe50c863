/**
 * The monotonic counters (Part 1, 17; Part 2, 10.15).
 */
package org.jswtpm.engine.tpm12.counter;
