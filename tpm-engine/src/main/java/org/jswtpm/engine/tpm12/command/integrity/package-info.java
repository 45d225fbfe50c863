/** Integrity collection and reporting (Part 3, 16). */
package org.jswtpm.engine.tpm12.command.integrity;
