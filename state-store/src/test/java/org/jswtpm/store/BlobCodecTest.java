package org.jswtpm.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.jswtpm.store.format.BlobHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class BlobCodecTest {
    private static final byte[] BLOB = "a blob of 19 octets".getBytes(StandardCharsets.US_ASCII);

    /** The permanent state of a TPM 1.2 ends with the SHA-1 of all before it. */
    @ParameterizedTest
    @CsvSource({"tpm12-plain.permall,,", "tpm12-aes128.permall,BITS_128,SHA512", "tpm12-aes256.permall,BITS_256,PBKDF2"
    })
    void readsFilesOfSwtpm(String fixture, KeyLength length, PassphraseKdf kdf) throws Exception {
        byte[] file = getClass().getResourceAsStream("/swtpm/" + fixture).readAllBytes();
        byte[] blob = new BlobCodec(length == null ? StateKeys.NONE : swtpmKeys(length, kdf)).blob(file);
        MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
        sha1.update(blob, 0, blob.length - 20);
        assertArrayEquals(sha1.digest(), Arrays.copyOfRange(blob, blob.length - 20, blob.length));
    }

    @Test
    void plainFileIsHeaderAndOneItem() throws StoreException {
        byte[] file = new BlobCodec(StateKeys.NONE).file(new byte[] {1, 2, 3});
        assertEquals(
                "0201000a000000000013" + "000100000003" + "010203",
                HexFormat.of().formatHex(file));
        assertArrayEquals(new byte[] {1, 2, 3}, new BlobCodec(StateKeys.NONE).blob(file));
    }

    @Test
    void emptyBlobIsABlob() throws StoreException {
        BlobCodec codec = new BlobCodec(keys(KeyLength.BITS_128, null));
        assertEquals(0, codec.blob(codec.file(new byte[0])).length);
    }

    @ParameterizedTest
    @EnumSource
    void encryptedFileHoldsNothingReadable(KeyLength length) throws StoreException {
        BlobCodec codec = new BlobCodec(keys(length, null));
        byte[] file = codec.file(BLOB);
        assertEquals(length == KeyLength.BITS_256 ? 0x09 : 0x01, file[5]);
        assertFalse(new String(file, StandardCharsets.ISO_8859_1).contains("blob"));
        assertArrayEquals(BLOB, codec.blob(file));
        assertFalse(Arrays.equals(file, codec.file(BLOB)), "the vector must be fresh");
    }

    @Test
    void readsVersionOne() throws StoreException {
        byte[] file = Arrays.copyOf(new byte[0], 10 + BLOB.length);
        System.arraycopy(BLOB, 0, file, 10, BLOB.length);
        BlobHeader.write(file, 0);
        file[0] = 1;
        assertArrayEquals(BLOB, new BlobCodec(StateKeys.NONE).blob(file));
    }

    @Test
    void keysAndFilesMustBelongTogether() throws StoreException {
        BlobCodec plain = new BlobCodec(StateKeys.NONE);
        BlobCodec aes128 = new BlobCodec(keys(KeyLength.BITS_128, null));
        BlobCodec other128 = new BlobCodec(swtpmKeys(KeyLength.BITS_128, PassphraseKdf.SHA512));
        BlobCodec aes256 = new BlobCodec(keys(KeyLength.BITS_256, null));
        assertRefused(StoreError.FAIL, plain, aes128.file(BLOB));
        assertRefused(StoreError.FAIL, aes128, plain.file(BLOB));
        assertRefused(StoreError.DECRYPT_ERROR, other128, aes128.file(BLOB));
        assertRefused(StoreError.BAD_KEY_PROPERTY, aes256, aes128.file(BLOB));
        assertRefused(StoreError.BAD_KEY_PROPERTY, aes128, aes256.file(BLOB));
        assertRefused(StoreError.FAIL, plain, plain.export(BLOB, false).octets());
    }

    /** Octets of a plain blob are not protected by the file, all else is. */
    @Test
    void damagedPlainFileIsRefused() throws StoreException {
        BlobCodec codec = new BlobCodec(StateKeys.NONE);
        byte[] file = codec.file(BLOB);
        assertTruncationsRefused(codec, file);
        for (int at = 0; at < 16; at++) {
            assertFlipsRefusedOrHarmless(codec, file, at);
        }
    }

    @ParameterizedTest
    @EnumSource
    void damagedEncryptedFileIsRefused(KeyLength length) throws StoreException {
        BlobCodec codec = new BlobCodec(keys(length, null));
        byte[] file = codec.file(BLOB);
        assertTruncationsRefused(codec, file);
        for (int at = 0; at < file.length; at++) {
            assertFlipsRefusedOrHarmless(codec, file, at);
        }
    }

    @Test
    void damagedMigrationBlobIsRefused() throws StoreException {
        BlobCodec codec = new BlobCodec(keys(KeyLength.BITS_128, KeyLength.BITS_256));
        byte[] blob = codec.export(BLOB, false).octets();
        for (int at = 0; at < blob.length; at++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] damaged = blob.clone();
                damaged[at] ^= (byte) (1 << bit);
                try {
                    assertArrayEquals(BLOB, codec.imported(damaged, true));
                } catch (StoreException e) {
                    assertTrue(e.resultCode() != 0);
                }
            }
        }
        for (int length = 1; length < blob.length; length++) {
            byte[] cut = Arrays.copyOf(blob, length);
            assertThrows(StoreException.class, () -> codec.imported(cut, true));
        }
    }

    @ParameterizedTest
    @CsvSource({",", "BITS_128,", ",BITS_128", "BITS_128,BITS_256", "BITS_256,BITS_128", "BITS_256,BITS_256"})
    void importsWhatItExports(KeyLength state, KeyLength migration) throws StoreException {
        BlobCodec codec = new BlobCodec(keys(state, migration));
        for (boolean decrypted : new boolean[] {false, true}) {
            ExportedBlob exported = codec.export(BLOB, decrypted);
            assertEquals(state != null && !decrypted, exported.encrypted());
            assertArrayEquals(BLOB, codec.imported(exported.octets(), exported.encrypted()));
            assertArrayEquals(BLOB, codec.imported(exported.octets(), false));
        }
    }

    @Test
    void plainMigrationBlobIsTakenInSpiteOfAMigrationKey() throws StoreException {
        ExportedBlob exported = new BlobCodec(StateKeys.NONE).export(BLOB, false);
        assertArrayEquals(
                BLOB, new BlobCodec(keys(KeyLength.BITS_128, KeyLength.BITS_128)).imported(exported.octets(), false));
    }

    @Test
    void missingKeyOfAMigrationBlobIsNamed() throws StoreException {
        BlobCodec both = new BlobCodec(keys(KeyLength.BITS_128, KeyLength.BITS_128));
        byte[] octets = both.export(BLOB, false).octets();
        StoreException migration =
                assertThrows(StoreException.class, () -> new BlobCodec(StateKeys.NONE).imported(octets, true));
        assertEquals(StoreError.KEYNOTFOUND, migration.error());
        assertTrue(migration.getMessage().contains("migration key"));
        StoreException state = assertThrows(
                StoreException.class, () -> new BlobCodec(keys(null, KeyLength.BITS_128)).imported(octets, true));
        assertEquals(StoreError.KEYNOTFOUND, state.error());
        assertTrue(state.getMessage().contains("state key"));
    }

    @Test
    void emptyMigrationBlobTakesTheStateAway() throws StoreException {
        BlobCodec codec = new BlobCodec(StateKeys.NONE);
        assertEquals(0, codec.imported(new byte[0], false).length);
        byte[] header = new byte[BlobHeader.SIZE];
        BlobHeader.write(header, BlobHeader.MIGRATION_DATA);
        assertEquals(0, codec.imported(header, false).length);
    }

    private static void assertTruncationsRefused(BlobCodec codec, byte[] file) {
        for (int length = 0; length < file.length; length++) {
            byte[] cut = Arrays.copyOf(file, length);
            assertThrows(StoreException.class, () -> codec.blob(cut));
            if (length >= BlobHeader.SIZE) {
                BlobHeader.write(cut, cut[5]); // a header that fits
                assertThrows(StoreException.class, () -> codec.blob(cut));
            }
        }
    }

    private static void assertFlipsRefusedOrHarmless(BlobCodec codec, byte[] file, int at) {
        for (int bit = 0; bit < 8; bit++) {
            byte[] damaged = file.clone();
            damaged[at] ^= (byte) (1 << bit);
            byte[] read;
            try {
                read = codec.blob(damaged);
            } catch (StoreException e) {
                continue;
            }
            assertArrayEquals(BLOB, read, "octet " + at + ", bit " + bit);
        }
    }

    private static void assertRefused(StoreError error, BlobCodec codec, byte[] file) {
        assertEquals(
                error,
                assertThrows(StoreException.class, () -> codec.blob(file)).error());
    }

    private static StateKeys keys(KeyLength state, KeyLength migration) throws StoreException {
        return new StateKeys(key(state, 1), key(migration, 2), new Random(1)::nextBytes);
    }

    private static StateKey key(KeyLength length, int fill) throws StoreException {
        if (length == null) {
            return null;
        }
        byte[] octets = new byte[length.octets()];
        Arrays.fill(octets, (byte) fill);
        return StateKey.fromBinary(octets, length);
    }

    private static StateKeys swtpmKeys(KeyLength length, PassphraseKdf kdf) {
        byte[] passphrase = "mypassword".getBytes(StandardCharsets.US_ASCII);
        return new StateKeys(StateKey.fromPassphrase(passphrase, kdf, length), null, new Random(1)::nextBytes);
    }
}
