package org.jswtpm.engine.tpm12;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jswtpm.engine.StateKind;
import org.jswtpm.engine.tpm2.Swtpm;
import org.jswtpm.engine.tpm2.TestHost;
import org.jswtpm.engine.wire.Bytes;

/**
 * A running swtpm (the C program) with a TPM 1.2. The system property {@code swtpm} names another program than the installed
 * one.
 */
public final class Swtpm12 implements Tpm12Client, AutoCloseable {
    /** swtpm's header (version 2, least reader 1, size 10, no flags), then the tag and length of the one item behind it. */
    private static final Bytes HEADER = Bytes.hex("0201 000a 0000");

    /** As {@link #HEADER}, of a blob that leaves swtpm. */
    private static final Bytes BLOB_HEADER = Bytes.hex("0201 000a 0004");

    private static final int HEADER_SIZE = 10;
    private static final int HEADER_AND_TAG = HEADER_SIZE + 2 + 4;
    private static final int BLOB_HEADER_AND_TAGS = HEADER_AND_TAG + 2 + 4;
    private static final int GET_STATE_BLOB = 0x0C;
    private static final int SET_STATE_BLOB = 0x0D;
    private static final int STOP = 0x0E;
    private static final int DECRYPTED = 1;
    private static final int RETRY = 0x800;
    private static final int INIT = 0x02;
    private static final int STORE_VOLATILE = 0x0A;
    private static final int SET_LOCALITY = 0x05;
    private static final int HASH_START = 0x06;
    private static final int HASH_DATA = 0x07;
    private static final int HASH_END = 0x08;

    private final Path directory;
    private final ProcessHandle process;
    private final SocketChannel data;
    private final SocketChannel control;

    private Swtpm12(Path directory, ProcessHandle process, SocketChannel data, SocketChannel control) {
        this.directory = directory;
        this.process = process;
        this.data = data;
        this.control = control;
    }

    /** Starts one that is new, after TPM_Startup(ST_CLEAR). */
    public static Swtpm12 start() throws IOException, InterruptedException {
        Swtpm12 swtpm = powerOn(new TestHost());
        swtpm.send(Request.of(Ordinal.STARTUP).u16(1)).isSuccess();
        return swtpm;
    }

    /** Starts one on the blobs that {@code host} keeps, after TPM_Init. */
    public static Swtpm12 powerOn(TestHost host) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("swtpm");
        for (StateKind kind : StateKind.values()) {
            if (host.load(kind).isPresent()) {
                Files.write(directory.resolve(file(kind)), wrap(host.load(kind).get()));
            }
        }
        return launch(directory);
    }

    private static Swtpm12 launch(Path directory) throws IOException, InterruptedException {
        Path dataSocket = directory.resolve("data");
        Path controlSocket = directory.resolve("control");
        Path pid = directory.resolve("pid");
        List<String> command = new ArrayList<>(List.of(Swtpm.PROGRAM.toString(), "socket", "--daemon", "--terminate"));
        command.addAll(List.of("--flags", "not-need-init", "--tpmstate", "dir=" + directory));
        command.addAll(List.of("--server", "type=unixio,path=" + dataSocket));
        command.addAll(List.of("--ctrl", "type=unixio,path=" + controlSocket, "--pid", "file=" + pid));
        Process starter = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (starter.waitFor() != 0) { // the parent of the daemon ends when that is ready
            throw new IOException("swtpm ended with status " + starter.exitValue());
        }
        ProcessHandle process =
                ProcessHandle.of(Long.parseLong(Files.readString(pid).trim())).orElseThrow();
        return new Swtpm12(
                directory,
                process,
                SocketChannel.open(UnixDomainSocketAddress.of(dataSocket)),
                SocketChannel.open(UnixDomainSocketAddress.of(controlSocket)));
    }

    private static byte[] wrap(byte[] blob) {
        ByteBuffer file = ByteBuffer.allocate(HEADER_AND_TAG + blob.length);
        file.put(HEADER.toArray()).putInt(file.capacity()).putShort((short) 1).putInt(blob.length);
        return file.put(blob).array();
    }

    private static String file(StateKind kind) {
        return switch (kind) {
            case PERMANENT -> "tpm-00.permall";
            case VOLATILE -> "tpm-00.volatilestate";
            case SAVE_STATE -> "tpm-00.savestate";
        };
    }

    /** A blob as it is on disk now, without what swtpm puts around it. */
    public byte[] state(StateKind kind) throws IOException {
        byte[] file = Files.readAllBytes(directory.resolve(file(kind)));
        return Arrays.copyOfRange(file, HEADER_AND_TAG, file.length);
    }

    /** The volatile blob of this moment. */
    public byte[] volatileState() throws IOException {
        control(new byte[] {0, 0, 0, STORE_VOLATILE}, 4);
        byte[] blob = state(StateKind.VOLATILE);
        Files.delete(directory.resolve(file(StateKind.VOLATILE)));
        return blob;
    }

    /** Takes the power and gives it back; what runs is not kept (CMD_STOP, CMD_INIT). */
    public void cyclePower() throws IOException {
        control(new byte[] {0, 0, 0, STOP}, 4);
        init();
    }

    /** TPM_Init: power goes and comes back (CMD_INIT). */
    public void init() throws IOException {
        control(ByteBuffer.allocate(8).putInt(INIT).putInt(0).array(), 4);
    }

    /** CMD_GET_STATEBLOB, decrypted, without what swtpm puts around a blob; empty if there is none. */
    public Optional<byte[]> stateBlob(StateKind kind) throws IOException {
        ByteBuffer request = ByteBuffer.allocate(16);
        request.putInt(GET_STATE_BLOB).putInt(DECRYPTED).putInt(number(kind)).putInt(0);
        ByteBuffer header = ask(request, 16);
        byte[] blob = ask(ByteBuffer.allocate(0), header.getInt(12)).array();
        return header.getInt(0) == RETRY
                ? Optional.empty()
                : Optional.of(Arrays.copyOfRange(blob, BLOB_HEADER_AND_TAGS, blob.length));
    }

    /** CMD_STOP, CMD_SET_STATEBLOB and CMD_INIT: goes on as another TPM. */
    public void goOnAs(Map<StateKind, byte[]> states) throws IOException {
        control(new byte[] {0, 0, 0, STOP}, 4);
        for (Map.Entry<StateKind, byte[]> state : states.entrySet()) {
            byte[] file = wrap(state.getValue());
            int size = BLOB_HEADER_AND_TAGS + state.getValue().length;
            ByteBuffer request = ByteBuffer.allocate(16 + size);
            request.putInt(SET_STATE_BLOB)
                    .putInt(0)
                    .putInt(number(state.getKey()))
                    .putInt(size);
            request.put(BLOB_HEADER.toArray()).putInt(size).putShort((short) 4).putInt(file.length - HEADER_SIZE);
            request.put(file, HEADER_SIZE, file.length - HEADER_SIZE);
            control(request.array(), 4);
        }
        control(new byte[] {0, 0, 0, INIT, 0, 0, 0, 1}, 4);
    }

    private static int number(StateKind kind) {
        return switch (kind) {
            case PERMANENT -> 1;
            case VOLATILE -> 2;
            case SAVE_STATE -> 3;
        };
    }

    /** The locality of the next commands. */
    public void setLocality(int locality) throws IOException {
        control(new byte[] {0, 0, 0, SET_LOCALITY, (byte) locality}, 4);
    }

    /** _TPM_Hash_Start, _TPM_Hash_Data and _TPM_Hash_End. */
    public void hash(byte[] octets) throws IOException {
        control(new byte[] {0, 0, 0, HASH_START}, 4);
        control(
                ByteBuffer.allocate(8 + octets.length)
                        .putInt(HASH_DATA)
                        .putInt(octets.length)
                        .put(octets)
                        .array(),
                4);
        control(new byte[] {0, 0, 0, HASH_END}, 4);
    }

    private byte[] control(byte[] request, int answerSize) throws IOException {
        ByteBuffer answer = ask(ByteBuffer.wrap(request), answerSize);
        if (answer.getInt(0) != 0) {
            throw new IOException("swtpm answers " + answer.getInt(0));
        }
        return answer.array();
    }

    private ByteBuffer ask(ByteBuffer request, int answerSize) throws IOException {
        request.rewind();
        while (request.hasRemaining()) {
            control.write(request);
        }
        ByteBuffer answer = ByteBuffer.allocate(answerSize);
        while (answer.hasRemaining()) {
            if (control.read(answer) < 0) {
                throw new IOException("swtpm has closed the control connection");
            }
        }
        return answer;
    }

    @Override
    public byte[] exchange(byte[] command) {
        try {
            ByteBuffer request = ByteBuffer.wrap(command);
            while (request.hasRemaining()) {
                data.write(request);
            }
            ByteBuffer response = ByteBuffer.allocate(4096);
            do {
                if (data.read(response) < 0) {
                    throw new IOException("swtpm has closed the connection");
                }
            } while (response.position() < 10 || response.position() < response.getInt(2));
            byte[] octets = new byte[response.position()];
            response.flip().get(octets);
            return octets;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws Exception {
        control.close();
        data.close(); // which ends the process
        process.onExit().get(60, TimeUnit.SECONDS);
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
