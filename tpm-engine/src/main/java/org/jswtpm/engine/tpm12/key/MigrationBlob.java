package org.jswtpm.engine.tpm12.key;

import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_PARAMETER;
import static org.jswtpm.engine.tpm12.structure.TpmResult.INVALID_STRUCTURE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.SIZE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import java.util.Arrays;
import org.jswtpm.engine.crypto.RandomSource;
import org.jswtpm.engine.tpm12.structure.Pubkey;
import org.jswtpm.engine.tpm12.structure.StoreAsymkey;
import org.jswtpm.engine.tpm12.structure.TpmLimits;
import org.jswtpm.engine.tpm12.structure.TpmResult;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/**
 * A private part on its way to another TPM (Part 3, 11.1): padded by OAEP with the first octets of the prime as the seed, masked
 * by random octets, encrypted by the key of the other side.
 *
 * @param random the mask, for the owner of the key
 * @param outData the rest, for the other side
 */
public record MigrationBlob(Bytes random, Bytes outData) {
    /**
     * Seals a private part.
     *
     * @param pHash takes the place of the digest of a label in OAEP
     * @param payload TPM_PT_MIGRATE or TPM_PT_CMK_MIGRATE
     */
    public static MigrationBlob seal(
            StoreAsymkey key, byte[] pHash, int payload, Pubkey migrationKey, RandomSource random) {
        byte[] blob = pad(key, pHash, payload);
        try {
            byte[] mask = random.generate(blob.length);
            xor(blob, mask);
            return new MigrationBlob(Bytes.wrap(mask), LoadedKey.encrypt(migrationKey, blob, random));
        } finally {
            Arrays.fill(blob, (byte) 0);
        }
    }

    private static byte[] pad(StoreAsymkey key, byte[] pHash, int payload) {
        WireWriter prime = new WireWriter();
        prime.secret4(key.prime());
        byte[] k1k2 = prime.toArray();
        prime.wipe();
        check(k1k2.length >= OaepPadding.SEED_SIZE, SIZE);
        byte[] k1 = Arrays.copyOf(k1k2, OaepPadding.SEED_SIZE);
        try (Secret k2 = Secret.take(Arrays.copyOfRange(k1k2, OaepPadding.SEED_SIZE, k1k2.length))) {
            WireWriter asymkey = new WireWriter();
            asymkey.uint8(payload)
                    .secret(key.usageAuth())
                    .bytes(key.pubDataDigest())
                    .secret4(k2);
            byte[] message = asymkey.toArray();
            asymkey.wipe();
            byte[] padded = OaepPadding.pad(message, pHash, k1);
            Arrays.fill(message, (byte) 0);
            return padded;
        } finally {
            Arrays.fill(k1, (byte) 0);
            Arrays.fill(k1k2, (byte) 0);
        }
    }

    /**
     * Opens what {@link #seal} made; its pHash stands in the place of migrationAuth.
     *
     * @param encData of the other side
     * @param key of the other side
     * @throws org.jswtpm.engine.wire.TpmException TPM_BAD_PARAMETER, TPM_DECRYPT_ERROR, TPM_INVALID_STRUCTURE
     */
    public static StoreAsymkey open(Bytes encData, Bytes random, LoadedKey key) {
        byte[] blob = key.decrypt(encData);
        try {
            check(blob.length == random.size(), BAD_PARAMETER);
            xor(blob, random.toArray());
            try (OaepPadding opened = OaepPadding.open(blob)) {
                return opened.message().use(message -> unmarshal(message, opened));
            }
        } finally {
            Arrays.fill(blob, (byte) 0);
        }
    }

    private static StoreAsymkey unmarshal(byte[] message, OaepPadding opened) {
        WireReader in = WireReader.over(message, TpmResult.WIRE_FAULTS);
        int payload = in.uint8();
        check(
                payload == StoreAsymkey.MIGRATE || payload == StoreAsymkey.MAINT || payload == StoreAsymkey.CMK_MIGRATE,
                INVALID_STRUCTURE);
        Secret usageAuth = in.secret(TpmLimits.AUTHDATA_SIZE);
        Bytes pubDataDigest = in.bytes(TpmLimits.DIGEST_SIZE);
        try (Secret k2 = in.secret4(TpmLimits.ALLOC_MAX)) {
            return new StoreAsymkey(
                    payload, usageAuth, opened.pHash().copy(), pubDataDigest, joinPrime(opened.seed(), k2));
        }
    }

    private static Secret joinPrime(Secret k1, Secret k2) {
        WireWriter k1k2 = new WireWriter();
        k1k2.secret(k1).secret(k2);
        byte[] octets = k1k2.toArray();
        k1k2.wipe();
        try {
            return WireReader.over(octets, TpmResult.WIRE_FAULTS).secret4(TpmLimits.ALLOC_MAX);
        } finally {
            Arrays.fill(octets, (byte) 0);
        }
    }

    private static void xor(byte[] data, byte[] mask) {
        for (int i = 0; i < data.length; i++) {
            data[i] ^= mask[i];
        }
    }

    /** As TPM_CreateMigrationBlob gives it. */
    public void marshal(WireWriter out) {
        out.sized4(random).sized4(outData);
    }
}
