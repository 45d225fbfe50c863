/** Deprecated commands (Part 3, 28). */
package org.jswtpm.engine.tpm12.command.deprecated;
