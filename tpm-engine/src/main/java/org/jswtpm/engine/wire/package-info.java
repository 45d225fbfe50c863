/**
 * Octets and how they are read and written: big endian, bounded. It knows no other room of the engine, and no TPM
 * structure.
 */
package org.jswtpm.engine.wire;
