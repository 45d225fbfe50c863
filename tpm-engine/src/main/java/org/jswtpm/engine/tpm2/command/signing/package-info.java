/** The commands of Part 3, chapter 20: signing, and verifying signatures. */
package org.jswtpm.engine.tpm2.command.signing;
