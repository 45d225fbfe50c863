package org.jswtpm.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalInt;
import org.jswtpm.engine.Host;
import org.jswtpm.engine.StateException;
import org.jswtpm.engine.StateKind;
import org.jswtpm.engine.Tpm;
import org.jswtpm.engine.TpmVersion;
import org.jswtpm.engine.Tpms;
import org.jswtpm.server.cli.Settings.LogTarget;
import org.jswtpm.server.log.Log;
import org.jswtpm.server.platform.TpmHost;
import org.jswtpm.store.DirectoryOptions;
import org.jswtpm.store.FileOptions;
import org.jswtpm.store.KeyLength;
import org.jswtpm.store.PassphraseKdf;
import org.jswtpm.store.StateKey;
import org.jswtpm.store.StateKeys;
import org.jswtpm.store.StateName;
import org.jswtpm.store.StateStore;
import org.jswtpm.store.StoreException;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every octet of every state file damaged, and every length of it: the TPM does not start, or what it starts from is what
 * was written. It is never another TPM, and the files stay as they are.
 *
 * <p>Nothing protects a plain permanent state of TPM 2.0 but its structure, as in swtpm: what is damaged and can still be
 * read is the TPM's state.
 */
class DamagedFilesTest {
    private static final int HEADERS = 256;
    private static final int LINEAR_HEADER = 192;
    /** The state holds the selection of the PCR banks twice: the one in force, and the one after the next start. */
    private static final int COPIES = 2;
    /** TPM_Startup(ST_STATE). */
    private static final String STARTUP_STATE = "00c1 0000000c 00000099 0002";

    private static final LogTarget NO_LOG = new LogTarget("-", -1, 1, null, false);

    @TempDir
    Path directory;

    private TpmVersion version;
    private Path place;
    private boolean linear;
    private boolean encrypted;

    private StateStore open() {
        StateKeys keys = encrypted ? keys() : StateKeys.NONE;
        return linear
                ? StateStore.open(new FileOptions(place, OptionalInt.empty(), false), keys)
                : StateStore.open(
                        new DirectoryOptions(
                                place, version == TpmVersion.TPM_2_0, OptionalInt.empty(), false, false, false),
                        keys);
    }

    private static StateKeys keys() {
        byte[] passphrase = "secret".getBytes(StandardCharsets.US_ASCII);
        StateKey key = StateKey.fromPassphrase(passphrase, PassphraseKdf.SHA512, KeyLength.BITS_256);
        return new StateKeys(key, null, target -> Arrays.fill(target, (byte) 7));
    }

    @ParameterizedTest
    @CsvSource({
        "TPM_2_0, false, false",
        "TPM_2_0, false, true",
        "TPM_2_0, true, false",
        "TPM_1_2, false, false",
        "TPM_1_2, false, true",
        "TPM_1_2, true, false"
    })
    void damagedFileIsRefusedOrTheSame(TpmVersion made, boolean inOneFile, boolean withKey) throws Exception {
        version = made;
        linear = inOneFile;
        encrypted = withKey;
        place = linear ? directory.resolve("state") : directory;
        makeStates();
        for (StateName name : StateName.values()) {
            Optional<byte[]> blob;
            try (StateStore store = open()) {
                blob = store.load(name);
            }
            if (blob.isPresent()) {
                new Damage(name, blob.get()).inAllWays();
            }
        }
    }

    /** A TPM that runs, with something in its NV storage, and what it keeps when it sleeps. */
    private void makeStates() throws Exception {
        boolean tpm2 = version == TpmVersion.TPM_2_0;
        try (StateStore store = open()) {
            Tpm tpm = Tpms.create(version, new TpmHost(store, version, Log.open(NO_LOG)));
            tpm.powerOn();
            run(tpm, tpm2 ? "8001 0000000c 00000144 0000" : "00c1 0000000c 00000099 0001");
            run(
                    tpm,
                    tpm2
                            ? "8002 0000002d 0000012a 40000001 00000009 40000009 0000 00 0000 0000 000e 01800001 000b"
                                    + " 00040004 0000 0008"
                            : "00c1 00000022 00000014 0000000a" + "61".repeat(20));
            if (tpm2) {
                run(tpm, "8001 0000000c 00000145 0001");
            } else {
                run(tpm, "00c1 0000000a 00000098");
            }
            store.store(StateName.VOLATILESTATE, tpm.state(StateKind.VOLATILE).orElseThrow());
            tpm.close();
        }
    }

    private static void run(Tpm tpm, String command) {
        assertEquals(0, codeOf(tpm, command), command);
    }

    private static int codeOf(Tpm tpm, String command) {
        byte[] response = tpm.execute(HexFormat.of().parseHex(command.replace(" ", "")), 0);
        return ByteBuffer.wrap(response).getInt(6);
    }

    /** The damages to the file of one blob. */
    private final class Damage {
        private final StateName name;
        private final byte[] blob;
        private final Path file;
        private final byte[] whole;
        private final int begin;
        private final int end;

        Damage(StateName name, byte[] blob) throws IOException {
            this.name = name;
            this.blob = blob;
            String prefix = version == TpmVersion.TPM_2_0 ? "tpm2-00." : "tpm-00.";
            file = linear ? place : place.resolve(prefix + name.suffix());
            whole = Files.readAllBytes(file);
            ByteBuffer octets = ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN);
            int slot = 12 + 12 * name.ordinal();
            begin = linear ? octets.getInt(slot) : 0;
            end = (linear ? begin + octets.getInt(slot + 4) : whole.length) - 1;
        }

        /** Changes the file in place: what is truncated and written anew, some file systems write to the disk at once. */
        void inAllWays() throws Exception {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                for (int at = 0; at < whole.length; at = next(at)) {
                    for (int octet : damages(at)) {
                        channel.write(ByteBuffer.wrap(new byte[] {(byte) octet}), at);
                        byte[] damaged = whole.clone();
                        damaged[at] = (byte) octet;
                        attempt(damaged, "octet " + at + " is " + octet);
                    }
                    channel.write(ByteBuffer.wrap(whole, at, 1), at);
                }
                for (int length = whole.length - 1; length >= shortest(); length--) {
                    channel.truncate(length);
                    attempt(Arrays.copyOf(whole, length), "cut off after " + length);
                }
                channel.write(ByteBuffer.wrap(whole), 0);
            }
        }

        /** In one file, the other blobs' sections are none of this one's business. */
        private int next(int at) {
            if (!linear || at != LINEAR_HEADER - 1) {
                return at == end ? whole.length : at + 1;
            }
            return begin;
        }

        /** Another bit each time, and near the begin, where lengths and offsets are, also the lowest and highest value. */
        private int[] damages(int at) {
            int flipped = whole[at] ^ 1 << at % 8;
            return at < HEADERS ? new int[] {flipped, 0, 0xff} : new int[] {flipped};
        }

        /** An empty file is no directory's state, but a place where a new TPM in one file may be made. */
        private int shortest() {
            return linear ? 1 : 0;
        }

        private void attempt(byte[] damaged, String how) throws IOException {
            String what = name + ", " + how;
            try {
                start(what);
            } catch (StateException | StoreException e) {
                assertFalse(e.getMessage().isBlank(), what);
            } catch (RuntimeException e) {
                throw new AssertionError(what, e);
            }
            assertArrayEquals(damaged, Files.readAllBytes(file), what);
        }

        private void start(String what) throws StateException, IOException {
            try (StateStore store = open()) {
                Host host = new ReadOnly(new TpmHost(store, version, Log.open(NO_LOG)), name);
                Tpm tpm = Tpms.create(version, host);
                tpm.powerOn();
                if (name == StateName.SAVESTATE && codeOf(tpm, STARTUP_STATE) != 0) {
                    return;
                }
                Optional<byte[]> found = host.load(kind());
                if (found.isEmpty() && canDoWithout(store)) {
                    return;
                }
                byte[] read = found.orElseThrow(() -> new AssertionError(what + ": taken for missing"));
                if (!Arrays.equals(blob, read)) {
                    assertTrue(version == TpmVersion.TPM_2_0 && name == StateName.PERMALL && !encrypted, what);
                    byte[] state = tpm.state(StateKind.PERMANENT).orElseThrow();
                    assertTrue(differences(blob, state) <= COPIES, what);
                }
                tpm.close();
            }
        }

        /** A TPM 2.0 starts without a volatile state whose container is damaged. */
        private boolean canDoWithout(StateStore store) {
            StoreException damage = assertThrows(StoreException.class, () -> store.load(name));
            return damage.isOfContainer() && name == StateName.VOLATILESTATE && version == TpmVersion.TPM_2_0;
        }

        private static int differences(byte[] one, byte[] other) {
            int differences = Math.abs(one.length - other.length);
            for (int i = 0; i < Math.min(one.length, other.length); i++) {
                differences += one[i] == other[i] ? 0 : 1;
            }
            return differences;
        }

        private StateKind kind() {
            return switch (name) {
                case PERMALL -> StateKind.PERMANENT;
                case VOLATILESTATE -> StateKind.VOLATILE;
                case SAVESTATE -> StateKind.SAVE_STATE;
            };
        }
    }

    /** Lets a TPM see one state, beside the permanent one, and write none. */
    private record ReadOnly(TpmHost files, StateName only) implements Host {
        @Override
        public void fillEntropy(byte[] target) {
            files.fillEntropy(target);
        }

        @Override
        public long monotonicMillis() {
            return files.monotonicMillis();
        }

        @Override
        public long wallClockMillis() {
            return files.wallClockMillis();
        }

        @Override
        public Optional<byte[]> load(StateKind kind) throws IOException {
            boolean seen = switch (kind) {
                case PERMANENT -> true;
                case VOLATILE -> only == StateName.VOLATILESTATE;
                case SAVE_STATE -> only == StateName.SAVESTATE;
            };
            return seen ? files.load(kind) : Optional.empty();
        }

        @Override
        public void commit(StateKind kind, byte[] blob) throws IOException {
            throw new AssertionError("a damaged state is replaced");
        }

        @Override
        public void delete(StateKind kind) {
            assertEquals(StateKind.SAVE_STATE, kind); // which TPM_Startup uses up
        }
    }
}
