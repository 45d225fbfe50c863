/** Authorization sessions (Part 3, 18). */
package org.jswtpm.engine.tpm12.command.session;
