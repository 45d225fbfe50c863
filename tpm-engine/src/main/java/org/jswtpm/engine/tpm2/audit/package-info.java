/** The audit of commands (Part 1, 32.2): which commands are audited, and the digest over them. */
package org.jswtpm.engine.tpm2.audit;
