/** Eviction (Part 3, 22). */
package org.jswtpm.engine.tpm12.command.eviction;
