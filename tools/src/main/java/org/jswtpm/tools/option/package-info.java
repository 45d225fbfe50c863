/**
 * What the companion programs share of their command lines: options as getopt_long and getopt_long_only read them, numbers
 * as sscanf reads them, and the release of swtpm they follow. swtpm_ioctl and swtpm_bios are measured by their start, so
 * there are no lambdas, streams, regular expressions and formatters here.
 */
package org.jswtpm.tools.option;
