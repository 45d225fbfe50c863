/** Admin ownership (Part 3, 6). */
package org.jswtpm.engine.tpm12.command.ownership;
