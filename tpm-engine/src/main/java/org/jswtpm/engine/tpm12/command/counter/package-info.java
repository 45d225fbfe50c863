/** Monotonic counters (Part 3, 25). */
package org.jswtpm.engine.tpm12.command.counter;
