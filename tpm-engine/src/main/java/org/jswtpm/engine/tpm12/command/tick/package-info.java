/** Timing ticks (Part 3, 23). */
package org.jswtpm.engine.tpm12.command.tick;
