/**
 * Octets and how they are read and written: big endian, bounded. The only room of the engine that touches Netty's
 * {@code ByteBuf}; it knows no other room, and no TPM structure.
 */
package org.jswtpm.engine.wire;
