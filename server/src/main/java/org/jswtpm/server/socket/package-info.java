/**
 * Sockets: Unix sockets and TCP behind one face, and file descriptors that come over them. Only this package imports
 * {@code org.newsclub}, the library that can receive descriptors (SCM_RIGHTS) where the JDK cannot.
 */
package org.jswtpm.server.socket;
