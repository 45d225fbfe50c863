/**
 * The way of a command through the TPM: header, state checks, parameters, authorization, action, response, audit; each stage is a class. It uses the command table and the rooms; no command and no room knows it.
 */
package org.jswtpm.engine.tpm12.dispatch;
