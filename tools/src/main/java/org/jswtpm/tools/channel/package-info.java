/**
 * The client's end of a control or data channel: where it is, and octets over it with a limit of time. Unix sockets are
 * those of the JDK, which load faster than junixsocket's; no descriptor is sent from here.
 */
package org.jswtpm.tools.channel;
