/** Non-volatile storage (Part 3, 20). */
package org.jswtpm.engine.tpm12.command.nv;
