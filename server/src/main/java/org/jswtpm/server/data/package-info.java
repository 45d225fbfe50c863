/**
 * The data channel: the stream of TPM commands and responses, from a listening socket or from the socket that a control
 * client sends. One client at a time; one thread reads, executes and writes.
 */
package org.jswtpm.server.data;
