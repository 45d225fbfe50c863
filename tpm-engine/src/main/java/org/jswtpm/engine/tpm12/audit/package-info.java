/**
 * The audit of commands (Part 1, 21; Part 2, 14).
 */
package org.jswtpm.engine.tpm12.audit;
