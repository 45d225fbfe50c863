/** Admin startup and state (Part 3, 3). */
package org.jswtpm.engine.tpm12.command.startup;
