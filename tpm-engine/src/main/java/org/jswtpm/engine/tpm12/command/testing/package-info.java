/** Admin testing (Part 3, 4). */
package org.jswtpm.engine.tpm12.command.testing;
