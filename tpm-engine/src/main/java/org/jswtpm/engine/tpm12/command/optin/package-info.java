/** Admin opt-in (Part 3, 5). */
package org.jswtpm.engine.tpm12.command.optin;
