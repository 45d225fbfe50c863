/** Transport sessions (Part 3, 24). */
package org.jswtpm.engine.tpm12.command.transport;
