/**
 * What makes a process a daemon: its end, pid file, detachment from the terminal, word to systemd. System calls that
 * Java lacks are made here, by the foreign function API, and only where an option asks for them: linking one costs
 * milliseconds of start-up.
 */
package org.jswtpm.server.process;
