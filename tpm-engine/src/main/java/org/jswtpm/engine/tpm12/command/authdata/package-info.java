/** Changing authorization data (Part 3, 17). */
package org.jswtpm.engine.tpm12.command.authdata;
