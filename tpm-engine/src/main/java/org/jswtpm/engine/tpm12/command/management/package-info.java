/** Administrative functions - management (Part 3, 9). */
package org.jswtpm.engine.tpm12.command.management;
