package org.jswtpm.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Encrypted state files and migration blobs, in turn under swtpm and under a store with the same keys. */
class SwtpmEncryptionTest {
    private static final byte[] KEY_FILE =
            "0x000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f\n".getBytes();
    private static final byte[] PASSPHRASE_FILE = "not that secret\n".getBytes();
    private static final byte[] STATE_PASSPHRASE_FILE = "another one".getBytes();

    @TempDir
    Path work;

    private Path directory;
    private Path keyFile;
    private Path passphraseFile;
    private Path statePassphraseFile;

    /** How the same key is given to swtpm and to a store. */
    record KeyCase(String options, KeyLength length, KeyMaker maker) {
        @Override
        public String toString() {
            return options;
        }
    }

    interface KeyMaker {
        StateKey make() throws StoreException;
    }

    static Stream<KeyCase> keys() {
        byte[] half = HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f");
        return Stream.of(
                new KeyCase(
                        "file=KEY,mode=aes-256-cbc",
                        KeyLength.BITS_256,
                        () -> StateKey.fromHex(KEY_FILE, KeyLength.BITS_256)),
                new KeyCase(
                        "file=HALF,format=binary",
                        KeyLength.BITS_128,
                        () -> StateKey.fromBinary(half, KeyLength.BITS_128)),
                new KeyCase(
                        "pwdfile=PASS",
                        KeyLength.BITS_128,
                        () -> StateKey.fromPassphrase(PASSPHRASE_FILE, PassphraseKdf.PBKDF2, KeyLength.BITS_128)),
                new KeyCase(
                        "pwdfile=PASS,mode=aes-256-cbc,kdf=sha512",
                        KeyLength.BITS_256,
                        () -> StateKey.fromPassphrase(PASSPHRASE_FILE, PassphraseKdf.SHA512, KeyLength.BITS_256)));
    }

    @BeforeEach
    void makeFiles() throws IOException {
        Swtpm.assumeInstalled();
        directory = Files.createDirectory(work.resolve("state"));
        keyFile = Files.write(work.resolve("key"), KEY_FILE);
        passphraseFile = Files.write(work.resolve("pass"), PASSPHRASE_FILE);
        statePassphraseFile = Files.write(work.resolve("state-pass"), STATE_PASSPHRASE_FILE);
        Files.write(work.resolve("half"), HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f"));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void stateGoesToAndFro(KeyCase key) throws Exception {
        Swtpm.start(work, "dir=" + directory, "--key", options(key)).close();
        Path copy = Files.createDirectory(work.resolve("copy"));
        byte[] blob;
        try (StateStore from = open(directory, key.maker.make(), null);
                StateStore to = open(copy, key.maker.make(), null)) {
            blob = from.load(StateName.PERMALL).orElseThrow();
            to.store(StateName.PERMALL, blob);
        }
        byte[] written = Files.readAllBytes(copy.resolve("tpm2-00.permall"));
        try (Swtpm swtpm = Swtpm.start(work, "dir=" + copy, "--key", options(key));
                StateStore codec = open(work, key.maker.make(), null)) {
            ExportedBlob exported = swtpm.getStateBlob(StateName.PERMALL, false);
            assertEquals(true, exported.encrypted());
            assertArrayEquals(blob, codec.importBlob(exported.octets(), exported.encrypted()));
        }
        assertArrayEquals(written, Files.readAllBytes(copy.resolve("tpm2-00.permall")));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void migrationBlobsGoToAndFro(KeyCase migrationKey) throws Exception {
        // of the same length: swtpm 0.7.1 cannot give vectors of two lengths
        KeyLength length = migrationKey.length;
        String stateKey = "pwdfile=" + statePassphraseFile + ",mode=aes-" + length.octets() * 8 + "-cbc";
        ExportedBlob sent;
        byte[] blob;
        try (Swtpm source = Swtpm.start(
                        work, "dir=" + directory, "--key", stateKey, "--migration-key", options(migrationKey));
                StateStore store = open(directory, stateKey(length), migrationKey.maker.make())) {
            blob = store.load(StateName.PERMALL).orElseThrow();
            for (boolean decrypted : new boolean[] {false, true}) {
                ExportedBlob exported = source.getStateBlob(StateName.PERMALL, decrypted);
                assertEquals(!decrypted, exported.encrypted());
                assertArrayEquals(blob, store.importBlob(exported.octets(), exported.encrypted()));
            }
            sent = store.exportBlob(StateName.PERMALL, false).orElseThrow();
        }
        Path target = Files.createDirectory(work.resolve("target"));
        try (Swtpm destination = Swtpm.startWithoutInit(
                work, "dir=" + target, "--key", stateKey, "--migration-key", options(migrationKey))) {
            destination.setStateBlob(StateName.PERMALL, sent);
            destination.init();
        }
        try (StateStore store = open(target, stateKey(length), null)) {
            assertArrayEquals(blob, store.load(StateName.PERMALL).orElseThrow());
        }
    }

    @Test
    void swtpmRefusesAnotherKeyThanOurs() throws Exception {
        Swtpm.start(work, "dir=" + directory).close();
        Path copy = Files.createDirectory(work.resolve("copy"));
        try (StateStore from = open(directory, null, null);
                StateStore to = open(copy, stateKey(KeyLength.BITS_256), null)) {
            to.store(StateName.PERMALL, from.load(StateName.PERMALL).orElseThrow());
        }
        String wrongKey = "pwdfile=" + passphraseFile + ",mode=aes-256-cbc";
        assertThrows(IOException.class, () -> Swtpm.start(work, "dir=" + copy, "--key", wrongKey));
    }

    private String options(KeyCase key) {
        return key.options
                .replace("KEY", keyFile.toString())
                .replace("HALF", work.resolve("half").toString())
                .replace("PASS", passphraseFile.toString());
    }

    private static StateKey stateKey(KeyLength length) {
        return StateKey.fromPassphrase(STATE_PASSPHRASE_FILE, PassphraseKdf.PBKDF2, length);
    }

    private static StateStore open(Path directory, StateKey state, StateKey migration) {
        return StateStore.open(
                DirectoryOptions.of(directory, true), new StateKeys(state, migration, new SecureRandom()::nextBytes));
    }
}
