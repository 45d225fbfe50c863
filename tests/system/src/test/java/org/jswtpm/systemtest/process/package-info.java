/**
 * Programs as child processes, and the two sockets of a swtpm: control channel and data channel.
 * Whatever is started here ends with its {@code close()}, and at the latest with the JVM of the tests.
 */
package org.jswtpm.systemtest.process;
