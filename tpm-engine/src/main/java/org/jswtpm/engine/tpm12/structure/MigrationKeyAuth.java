package org.jswtpm.engine.tpm12.structure;

import static org.jswtpm.engine.tpm12.structure.TpmResult.AUTHFAIL;

import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_MIGRATIONKEYAUTH (Part 2, 5.5): the owner lets keys migrate to a key.
 *
 * @param migrationKey the key
 * @param migrationScheme TPM_MIGRATE_SCHEME
 * @param digest by which the TPM knows that its owner said so
 */
public record MigrationKeyAuth(Pubkey migrationKey, int migrationScheme, Bytes digest) {
    /** The owner's word, for this TPM. */
    public static MigrationKeyAuth of(Pubkey migrationKey, int migrationScheme, Secret tpmProof) {
        return new MigrationKeyAuth(migrationKey, migrationScheme, digest(migrationKey, migrationScheme, tpmProof));
    }

    public static MigrationKeyAuth unmarshal(WireReader in) {
        return new MigrationKeyAuth(Pubkey.unmarshal(in), in.uint16(), in.bytes(TpmLimits.DIGEST_SIZE));
    }

    public void marshal(WireWriter out) {
        migrationKey.marshal(out);
        out.uint16(migrationScheme).bytes(digest);
    }

    /** Ends the command with TPM_AUTHFAIL unless the owner of this TPM said so. */
    public void check(Secret tpmProof) {
        TpmResult.check(digest(migrationKey, migrationScheme, tpmProof).equals(digest), AUTHFAIL);
    }

    /** libtpms hashes the scheme as it lies in the memory of a little-endian machine. */
    private static Bytes digest(Pubkey migrationKey, int migrationScheme, Secret tpmProof) {
        WireWriter key = new WireWriter();
        migrationKey.marshal(key);
        return Bytes.wrap(tpmProof.use(proof -> Hasher.of(Digest.SHA1)
                .update(key.toArray())
                .updateByte(migrationScheme)
                .updateByte(migrationScheme >>> Byte.SIZE)
                .update(proof)
                .digest()));
    }
}
