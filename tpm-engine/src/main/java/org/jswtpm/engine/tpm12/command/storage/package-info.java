/** Storage functions (Part 3, 10). */
package org.jswtpm.engine.tpm12.command.storage;
