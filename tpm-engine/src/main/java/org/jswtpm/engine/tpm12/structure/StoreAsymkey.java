package org.jswtpm.engine.tpm12.structure;

import static org.jswtpm.engine.tpm12.structure.TpmResult.INVALID_STRUCTURE;

import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_STORE_ASYMKEY (Part 2, 10.6): the private part of a key.
 *
 * @param payload TPM_PAYLOAD_TYPE
 * @param usageAuth authorizes the use of the key
 * @param migrationAuth authorizes its migration
 * @param pubDataDigest binds it to its public part
 * @param prime one of the two primes of the modulus
 */
public record StoreAsymkey(int payload, Secret usageAuth, Secret migrationAuth, Bytes pubDataDigest, Secret prime) {
    /** TPM_PT_ASYM. */
    public static final int ASYM = 1;
    /** TPM_PT_MIGRATE. */
    public static final int MIGRATE = 3;
    /** TPM_PT_MAINT. */
    public static final int MAINT = 4;
    /** TPM_PT_MIGRATE_RESTRICTED. */
    public static final int MIGRATE_RESTRICTED = 6;
    /** TPM_PT_MIGRATE_EXTERNAL. */
    public static final int MIGRATE_EXTERNAL = 7;
    /** TPM_PT_CMK_MIGRATE. */
    public static final int CMK_MIGRATE = 8;

    /** Whether the key is a certified migratable one. */
    public boolean isCertifiedMigratable() {
        return payload == MIGRATE_RESTRICTED || payload == MIGRATE_EXTERNAL;
    }

    /** Else TPM_INVALID_STRUCTURE. */
    public static StoreAsymkey unmarshal(WireReader in) {
        int payload = in.uint8();
        TpmResult.check(
                payload == ASYM || payload == MIGRATE_RESTRICTED || payload == MIGRATE_EXTERNAL, INVALID_STRUCTURE);
        return new StoreAsymkey(
                payload,
                in.secret(TpmLimits.AUTHDATA_SIZE),
                in.secret(TpmLimits.AUTHDATA_SIZE),
                in.bytes(TpmLimits.DIGEST_SIZE),
                in.secret4(TpmLimits.ALLOC_MAX));
    }

    /** As libtpms keeps the private part of the endorsement key, which has no authorization of its own. */
    public static StoreAsymkey unmarshalEndorsementKey(WireReader in) {
        return new StoreAsymkey(
                ASYM,
                Secret.take(new byte[TpmLimits.AUTHDATA_SIZE]),
                Secret.take(new byte[TpmLimits.AUTHDATA_SIZE]),
                in.bytes(TpmLimits.DIGEST_SIZE),
                in.secret4(TpmLimits.ALLOC_MAX));
    }

    public void marshal(WireWriter out) {
        out.uint8(payload).secret(usageAuth).secret(migrationAuth);
        marshalEndorsementKey(out);
    }

    /** As libtpms keeps the private part of the endorsement key. */
    public void marshalEndorsementKey(WireWriter out) {
        out.bytes(pubDataDigest).secret4(prime);
    }

    /** Wipes the secrets. */
    public void wipe() {
        usageAuth.close();
        migrationAuth.close();
        prime.close();
    }
}
