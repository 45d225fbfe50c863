/** A client of swtpm's control channel: its requests and answers as {@code tpm_ioctl.h} lays them out, big endian. */
package org.jswtpm.tools.control;
