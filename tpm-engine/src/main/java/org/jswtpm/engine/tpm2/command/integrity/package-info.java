/** Integrity collection: the PCRs (Part 3, 22). */
package org.jswtpm.engine.tpm2.command.integrity;
