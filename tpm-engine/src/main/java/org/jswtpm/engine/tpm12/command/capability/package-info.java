/** The capability commands (Part 3, 7). */
package org.jswtpm.engine.tpm12.command.capability;
