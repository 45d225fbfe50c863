/**
 * swtpm_ioctl: one request of swtpm's control channel for each run. The requests and their bodies are those of swtpm's
 * {@code tpm_ioctl.h}, big endian, over a Unix or TCP socket.
 */
package org.jswtpm.tools.ioctl;
