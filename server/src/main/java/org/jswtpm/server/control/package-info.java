/**
 * The control channel: swtpm's {@code tpm_ioctl.h} over a stream socket, big endian. A request is a 32-bit code and its
 * body, an answer a 32-bit result and its body, without code or length.
 *
 * <p>Each client has a thread of its own, so a slow one delays nobody. What all of them together may hold is bounded: places
 * by {@link org.jswtpm.server.control.ClientTable}, memory by {@link org.jswtpm.server.control.BlobBudget}, time by
 * {@link org.jswtpm.server.control.Patience}.
 */
package org.jswtpm.server.control;
