/** Non-volatile storage (Part 3, 31). The rules of an Index are in {@code tpm2.nv}; here is what the commands add. */
package org.jswtpm.engine.tpm2.command.nv;
