/**
 * Descriptors that a parent handed down, for options such as {@code fd=}. It uses the socket library, which can make a
 * descriptor of a number; everybody may use it.
 */
package org.jswtpm.server.socket.inherited;
