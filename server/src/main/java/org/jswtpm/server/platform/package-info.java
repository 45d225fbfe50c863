/**
 * What surrounds a TPM on a mainboard: the power switch, the locality lines, the memory that keeps its state, clocks and
 * noise. Control and data channel both act on the one {@link org.jswtpm.server.platform.Platform}.
 */
package org.jswtpm.server.platform;
