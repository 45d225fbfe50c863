/** Identity creation and activation (Part 3, 15). */
package org.jswtpm.engine.tpm12.command.identity;
