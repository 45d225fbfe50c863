/** The process: starts, serves and ends one TPM. */
package org.jswtpm.server;
