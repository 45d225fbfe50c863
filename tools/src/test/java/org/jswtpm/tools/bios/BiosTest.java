package org.jswtpm.tools.bios;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jswtpm.tools.PeerSocket;
import org.jswtpm.tools.PeerSocket.Exchange;
import org.jswtpm.tools.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands are written out as the TPM specifications' Part 3 lays them out. */
class BiosTest {
    private static final String OK2 = "8001" + "0000000a" + "00000000";
    private static final String OK12 = "00c4" + "0000000a" + "00000000";

    @TempDir
    private Path directory;

    @Test
    void startsATpm2() throws Exception {
        check("--tpm2", new Run(0, "", ""), OK2, "8001" + "0000000c" + "00000144" + "0000");
        check("--tpm2 -s", new Run(0, "", ""), OK2, "8001" + "0000000c" + "00000144" + "0001");
    }

    @Test
    void tellsTheErrorsOfATpm2AndGoesOn() throws Exception {
        check(
                "--tpm2 -cs",
                new Run(
                        128,
                        "TPM2_Startup returned error code 0x00000100\n"
                                + "TPM2_IncrementalSelfTest returned error code 0x00000100\n",
                        ""),
                "8001" + "0000000a" + "00000100",
                "8001" + "0000000c" + "00000144" + "0000",
                "8001" + "00000010" + "00000142" + "00000001" + "000b");
    }

    /** A file in the place of /dev/tpm0 would be found there by everybody after us. */
    @Test
    void aDeviceThatIsNotThereIsNotMade() {
        Path device = directory.resolve("tpm0");
        assertEquals(
                new Run(255, "", "Unable to open device '" + device + "'.\n"),
                Run.of(Bios::run, "--tpm-device", device.toString()));
        assertFalse(Files.exists(device));
    }

    @Test
    void closesThePlatformHierarchyWithAPasswordThatNobodyKnows() throws Exception {
        String first = platformPassword();
        String start = "8002" + "00000031" + "00000129" + "4000000c" + "00000009" + "40000009" + "0000" + "01" + "0000"
                + "0014";
        assertTrue(first.startsWith(start), first);
        assertNotEquals(first, platformPassword());
    }

    private String platformPassword() throws Exception {
        Path socket = directory.resolve("password");
        try (PeerSocket peer = new PeerSocket(socket, new Exchange(49, OK2))) {
            assertEquals(new Run(0, "", ""), Run.of(Bios::run, "--tpm2", "-n", "-u", "--unix", socket.toString()));
            return peer.requests().getFirst();
        } finally {
            Files.delete(socket);
        }
    }

    @Test
    void enablesAndActivatesATpm12() throws Exception {
        check(
                "-cs -u",
                new Run(0, "", ""),
                OK12,
                "00c1" + "0000000c" + "00000099" + "0001",
                "00c1" + "0000000c" + "4000000a" + "0020",
                "00c1" + "0000000c" + "4000000a" + "0008",
                "00c1" + "0000000a" + "0000006f",
                "00c1" + "0000000b" + "00000072" + "00",
                "00c1" + "0000000a" + "00000053",
                "00c1" + "0000000c" + "4000000a" + "0020",
                "00c1" + "0000000c" + "4000000a" + "0014");
    }

    @Test
    void startsATpm12WithoutMore() throws Exception {
        check("-s -o", new Run(0, "", ""), OK12, "00c1" + "0000000c" + "00000099" + "0002");
        check("-d", new Run(0, "", ""), OK12, "00c1" + "0000000c" + "00000099" + "0003");
    }

    @Test
    void tellsADeactivatedTpm12ByItsExitCode() throws Exception {
        String flags = "00000016" + "001f" + "000001" + "00".repeat(17);
        String capability = "00c4" + "00000024" + "00000000" + flags;
        Path socket = directory.resolve("s");
        try (PeerSocket peer = new PeerSocket(
                socket,
                new Exchange(12, OK12),
                new Exchange(0, null),
                new Exchange(12, OK12),
                new Exchange(0, null),
                new Exchange(22, capability),
                new Exchange(0, null),
                new Exchange(10, OK12),
                new Exchange(0, null),
                new Exchange(11, OK12))) {
            assertEquals(
                    new Run(129, "TPM requires a reset\n", ""),
                    Run.of(Bios::run, "-n", "-ea", "--unix", socket.toString()));
            assertEquals(
                    "00c1" + "00000016" + "00000065" + "00000004" + "00000004" + "00000108",
                    peer.requests().get(4));
        }
    }

    @Test
    void aTpmThatDoesNotAnswerIsAnInputOutputError() throws Exception {
        Path socket = directory.resolve("s");
        assertEquals(
                new Run(255, "", "Connect failed: No such file or directory\n"),
                Run.of(Bios::run, "--tpm2", "--unix", socket.toString()));
        try (PeerSocket _ = new PeerSocket(socket, new Exchange(12, "8001"))) {
            assertEquals(
                    new Run(255, "", "Returned packet is too short.\n"),
                    Run.of(Bios::run, "--tpm2", "--unix", socket.toString()));
        }
    }

    @Test
    void anUnknownOptionPrintsTheHelp() {
        Run run = Run.of(Bios::run, "--none");
        assertEquals(1, run.status());
        assertEquals("swtpm_bios: unrecognized option '--none'\n", run.err());
        assertEquals(Run.of(Bios::run, "-h").out(), run.out());
    }

    /** Every command comes over a connection of its own. */
    private void check(String line, Run expected, String answer, String... commands) throws Exception {
        Path socket = directory.resolve("s" + commands.length + line.length());
        List<Exchange> exchanges = new ArrayList<>();
        for (String command : commands) {
            exchanges.add(new Exchange(command.length() / 2, answer));
            exchanges.add(new Exchange(0, null));
        }
        try (PeerSocket peer = new PeerSocket(socket, exchanges.toArray(new Exchange[0]))) {
            assertEquals(expected, Run.of(Bios::run, (line + " --unix " + socket).split(" ")));
            List<String> seen = new ArrayList<>(peer.requests());
            seen.removeIf(String::isEmpty);
            assertEquals(List.of(commands), seen);
        }
    }
}
