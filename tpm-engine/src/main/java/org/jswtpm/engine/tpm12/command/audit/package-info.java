/** Auditing (Part 3, 8). */
package org.jswtpm.engine.tpm12.command.audit;
