package org.jswtpm.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --pcap}. */
class RecordingTest {
    private static final Path TSHARK = Path.of("/usr/bin/tshark");
    private static final String STARTUP = "80010000000c000001440000";
    private static final String SHUTDOWN = "80010000000c000001450001";
    private static final String GOOD = "80010000000a00000000";
    /** The octets of a packet before its message: block header, Ethernet, IPv4, TCP. */
    private static final int HEADERS = 28 + 14 + 20 + 20;

    @TempDir
    Path directory;

    private Path record() {
        return directory.resolve("record.pcapng");
    }

    private void run(String options) throws Exception {
        try (InProcessDaemon daemon = InProcessDaemon.startEngine(directory, "--pcap", options);
                Wire ctrl = daemon.connect();
                Wire data = ctrl.setDataFd()) {
            assertEquals("80010000000a00000101", data.command(STARTUP));
            assertEquals(ControlChannelContract.SUCCESS, ctrl.ask(ControlChannelContract.INIT, 4));
            assertEquals(GOOD, data.command(STARTUP));
            assertEquals(ControlChannelContract.SUCCESS, ctrl.ask(ControlChannelContract.SHUTDOWN, 4));
            assertEquals(0, daemon.awaitEnd());
        }
    }

    /** The messages of all packets; those without one are empty. */
    private List<String> messages() throws IOException {
        ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(record())).order(ByteOrder.LITTLE_ENDIAN);
        List<String> messages = new ArrayList<>();
        while (file.hasRemaining()) {
            int start = file.position();
            int length = file.getInt(start + 4);
            assertEquals(length, file.getInt(start + length - 4), "the length at the end of a block");
            if (file.getInt(start) == 6) {
                int captured = file.getInt(start + 20);
                byte[] message = new byte[captured - HEADERS + 28];
                file.get(start + HEADERS, message);
                messages.add(HexFormat.of().formatHex(message));
            }
            file.position(start + length);
        }
        return messages;
    }

    @Test
    void recordsAConnectionWithAllThatGoesToTheTpmEvenWhatTheDaemonSendsItself() throws Exception {
        run("file=" + record() + ",mode=0600");

        List<String> expected =
                List.of("", "", "", STARTUP, "80010000000a00000101", STARTUP, GOOD, SHUTDOWN, GOOD, "", "", "");
        assertEquals(expected, messages());
        assertEquals(0600, (int) Files.getAttribute(record(), "unix:mode") & 0777);

        run("file=" + record());
        assertEquals(2 * expected.size(), messages().size());
        assertEquals(0640, (int) Files.getAttribute(record(), "unix:mode") & 0777);

        run("file=" + record() + ",truncate");
        assertEquals(expected, messages());
    }

    @Test
    void wiresharkDecodesItWithGoodChecksums() throws Exception {
        assumeTrue(Files.isExecutable(TSHARK), "tshark is not installed");
        run("file=" + record() + ",checksums");

        Process process = new ProcessBuilder(
                        TSHARK.toString(),
                        "-r",
                        record().toString(),
                        "-o",
                        "ip.check_checksum:TRUE",
                        "-o",
                        "tcp.check_checksum:TRUE",
                        "-T",
                        "fields",
                        "-E",
                        "separator=;",
                        "-e",
                        "ip.checksum.status",
                        "-e",
                        "tcp.checksum.status",
                        "-e",
                        "tcp.analysis.flags",
                        "-e",
                        "_ws.col.Info")
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor());

        assertTrue(output.contains("[TPM Request], Command TPM2_CC_Startup"), output);
        assertTrue(output.contains("[TPM Response], Response Code TPM2 Success"), output);
        for (String line : output.lines().toList()) {
            assertTrue(line.startsWith("1;1;;"), line);
        }
    }

    @Test
    void aFileThatCannotBeWrittenEndsTheStart() throws Exception {
        IOException e = assertThrows(
                IOException.class, () -> InProcessDaemon.start(directory, "--pcap", "file=" + directory + "/no/file"));
        assertTrue(e.getMessage().startsWith("Could not open pcap file for writing: "), e.getMessage());

        Files.createSymbolicLink(record(), directory.resolve("elsewhere"));
        assertThrows(IOException.class, () -> InProcessDaemon.start(directory, "--pcap", "file=" + record()));
        assertFalse(Files.exists(directory.resolve("elsewhere")));
    }
}
