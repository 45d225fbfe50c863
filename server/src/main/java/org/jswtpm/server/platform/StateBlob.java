package org.jswtpm.server.platform;

import org.jswtpm.store.ExportedBlob;

/**
 * What CMD_GET_STATEBLOB answers.
 *
 * @param result 0, or why there is no blob
 * @param octets the migration blob; none without success. The reader of this wipes them
 * @param isEncrypted whether the state in it is encrypted with the state key
 */
public record StateBlob(int result, byte[] octets, boolean isEncrypted) {
    static StateBlob of(ExportedBlob blob) {
        return new StateBlob(ResultCode.SUCCESS, blob.octets(), blob.encrypted());
    }

    static StateBlob none(int result) {
        return new StateBlob(result, new byte[0], false);
    }
}
