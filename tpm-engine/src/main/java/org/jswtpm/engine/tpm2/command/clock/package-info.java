/** Clocks and timers (Part 3, 29). */
package org.jswtpm.engine.tpm2.command.clock;
