/**
 * What the daemon and its companion programs share of their command lines: options as getopt_long and getopt_long_only read
 * them, numbers as sscanf reads them, and the release of swtpm they follow. Every program comes through here, and is measured
 * by its start, so there are no lambdas, streams, regular expressions and formatters.
 */
package org.jswtpm.options;
