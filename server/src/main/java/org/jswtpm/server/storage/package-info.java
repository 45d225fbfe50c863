/** Opens the state store that the command line asks for: its place, its options, its keys. */
package org.jswtpm.server.storage;
