/**
 * The way of a command through the TPM (Part 3, 5): header, handles, sessions, action, response; each stage is a class. It
 * uses the command table, the rooms and {@code crypto}; no command and no room knows it.
 */
package org.jswtpm.engine.tpm2.dispatch;
