/**
 * The command line: options as getopt_long reads them, sub-options in swtpm's {@code key=value,key} style, and the
 * {@link org.jswtpm.server.cli.Settings} they make.
 *
 * <p>Nothing here opens a file or a socket. It runs before the daemon listens, so it does without lambdas, streams,
 * regular expressions and String.format.
 */
package org.jswtpm.server.cli;
