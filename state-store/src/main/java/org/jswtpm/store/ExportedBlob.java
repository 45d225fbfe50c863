package org.jswtpm.store;

/**
 * A migration blob, as CMD_GET_STATEBLOB gives it.
 *
 * @param octets header and items
 * @param encrypted whether the blob inside is encrypted with the state key, as CMD_GET_STATEBLOB tells by a flag; the
 *     migration key does not count
 */
public record ExportedBlob(byte[] octets, boolean encrypted) {}
