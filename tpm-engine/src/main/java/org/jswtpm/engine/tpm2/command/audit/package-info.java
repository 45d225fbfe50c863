/** Command audit (Part 3, 21). */
package org.jswtpm.engine.tpm2.command.audit;
