package org.jswtpm.engine.tpm12.structure;

import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;

/**
 * TPM_CMK_AUTH (Part 2, 5.13): a migration authority lets one key migrate to another; each is named by a digest.
 *
 * @param migrationAuthorityDigest the authority
 * @param destinationKeyDigest where to
 * @param sourceKeyDigest which key
 */
public record CmkAuth(Bytes migrationAuthorityDigest, Bytes destinationKeyDigest, Bytes sourceKeyDigest) {
    public static CmkAuth unmarshal(WireReader in) {
        return new CmkAuth(
                in.bytes(TpmLimits.DIGEST_SIZE), in.bytes(TpmLimits.DIGEST_SIZE), in.bytes(TpmLimits.DIGEST_SIZE));
    }

    /** The digest of this structure, which the authority signs. */
    public Bytes digest() {
        return Bytes.wrap(Hasher.digest(
                Digest.SHA1,
                migrationAuthorityDigest.toArray(),
                destinationKeyDigest.toArray(),
                sourceKeyDigest.toArray()));
    }
}
