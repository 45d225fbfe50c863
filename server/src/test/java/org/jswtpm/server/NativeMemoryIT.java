package org.jswtpm.server;

import static org.jswtpm.server.ControlChannelContract.INIT;
import static org.jswtpm.server.ControlChannelContract.STARTUP_CLEAR;
import static org.jswtpm.server.ControlChannelContract.STOP;
import static org.jswtpm.server.ControlChannelContract.SUCCESS;
import static org.jswtpm.server.StateBlobContract.STORE_VOLATILE;
import static org.jswtpm.server.StateBlobs.PERMANENT;
import static org.jswtpm.server.StateBlobs.VOLATILE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of a TPM outside of the Java heap once it has no power: the VM's own buffers keep what they carried last. */
class NativeMemoryIT {
    private static final Pattern MAPPING = Pattern.compile("([0-9a-f]+)-([0-9a-f]+) r.*");
    private static final Pattern HEAP = Pattern.compile("Heap address: 0x([0-9a-f]+), size: (\\d+) MB");
    /** Seeds and proofs are longer than what the processor's registers leave on a stack. */
    private static final int SECRET = 32;

    private static final int PAGE = 4096;
    private static final int CHUNK = 1 << 20;
    /** Of 32 random octets 30 differ from one another on the average; lists and tables have fewer. */
    private static final int DIFFERENT = 26;

    @TempDir
    Path directory;

    @Test
    void nothingOfTheStateStaysInBuffers() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root may look at the memory of a TPM");
        Process process = start();
        try (Wire ctrl = Wire.connect(directory.resolve("ctrl"));
                Wire data = ctrl.setDataFd()) {
            assertEquals(SUCCESS, ctrl.ask(INIT, 4));
            assertEquals(SUCCESS, data.codeOf(STARTUP_CLEAR));
            assertEquals(SUCCESS, ctrl.ask(STORE_VOLATILE, 4));
            String permanent = StateBlobs.get(ctrl, PERMANENT);
            String running = StateBlobs.get(ctrl, VOLATILE);
            assertEquals(SUCCESS, ctrl.ask(STOP, 4));
            assertEquals(SUCCESS, StateBlobs.set(ctrl, PERMANENT, 0, permanent));
            assertEquals(SUCCESS, StateBlobs.set(ctrl, VOLATILE, 0, running));
            assertEquals(SUCCESS, ctrl.ask(INIT, 4));
            assertEquals(SUCCESS, ctrl.ask(STOP, 4));

            Set<ByteBuffer> secrets = secrets(HexFormat.of().parseHex(permanent));
            assertTrue(secrets.size() > 100, "the state has seeds and proofs");
            long[] heap = heap();
            assertEquals(List.of(), find(process.pid(), heap[0], heap[1], secrets));
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    /** The daemon, which tells where its heap is. */
    private Process start() throws IOException {
        List<String> words = ScriptedProcess.words(
                "-Xmx64m", "-Xlog:gc+heap+coops=debug:file=" + directory.resolve("heap") + ":none");
        words.removeLast();
        words.addAll(List.of(
                Main.class.getName(),
                "swtpm",
                "socket",
                "--tpm2",
                "--tpmstate",
                "dir=" + directory,
                "--ctrl",
                "type=unixio,path=" + directory.resolve("ctrl")));
        return new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output").toFile())
                .start();
    }

    /** Its first address, and the one behind it. */
    private long[] heap() throws IOException {
        Matcher heap = HEAP.matcher(Files.readString(directory.resolve("heap")));
        assertTrue(heap.find());
        long start = Long.parseUnsignedLong(heap.group(1), 16);
        return new long[] {start, start + (Long.parseLong(heap.group(2)) << 20)};
    }

    /** All that looks random in a state, from each octet on. */
    private static Set<ByteBuffer> secrets(byte[] state) {
        Set<ByteBuffer> secrets = new HashSet<>();
        for (int at = 0; at + SECRET <= state.length; at++) {
            Set<Byte> octets = new HashSet<>();
            for (int i = at; i < at + SECRET; i++) {
                octets.add(state[i]);
            }
            if (octets.size() >= DIFFERENT) {
                secrets.add(ByteBuffer.wrap(state, at, SECRET).slice());
            }
        }
        return secrets;
    }

    /** The addresses where one of the secrets is, in all that the process can read but its heap. */
    private static List<String> find(long pid, long heapStart, long heapEnd, Set<ByteBuffer> secrets)
            throws IOException {
        boolean[] beginnings = new boolean[1 << Short.SIZE];
        for (ByteBuffer secret : secrets) {
            beginnings[secret.getShort(0) & 0xffff] = true;
        }
        List<String> found = new ArrayList<>();
        try (FileChannel memory = FileChannel.open(Path.of("/proc/" + pid + "/mem"))) {
            for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/maps"))) {
                Matcher mapping = MAPPING.matcher(line);
                if (!mapping.matches() || line.endsWith("[vsyscall]") || line.endsWith("[vvar]")) {
                    continue;
                }
                long start = Long.parseUnsignedLong(mapping.group(1), 16);
                long end = Long.parseUnsignedLong(mapping.group(2), 16);
                if (end <= heapStart || start >= heapEnd) {
                    search(memory, start, end, beginnings, secrets, found);
                }
            }
        }
        return found;
    }

    private static void search(
            FileChannel memory,
            long start,
            long end,
            boolean[] beginnings,
            Set<ByteBuffer> secrets,
            List<String> found) {
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK + PAGE);
        for (long at = start; at < end; at += CHUNK) {
            int size = (int) Math.min(CHUNK + PAGE, end - at);
            try {
                memory.read(chunk.clear().limit(size), at);
            } catch (IOException e) {
                continue; // a page of a file behind its end
            }
            for (int i = 0; i + SECRET <= chunk.position(); i++) {
                if (beginnings[chunk.getShort(i) & 0xffff] && secrets.contains(chunk.slice(i, SECRET))) {
                    found.add(Long.toHexString(at + i));
                }
            }
        }
    }
}
