/** Session commands (Part 3, 11). */
package org.jswtpm.engine.tpm2.command.session;
