/** Endorsement key handling (Part 3, 14). */
package org.jswtpm.engine.tpm12.command.endorsement;
