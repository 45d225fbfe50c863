package org.jswtpm.tools.ioctl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jswtpm.tools.PeerSocket;
import org.jswtpm.tools.PeerSocket.Exchange;
import org.jswtpm.tools.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Octets of requests and answers are those of swtpm's include/swtpm/tpm_ioctl.h. */
class IoctlTest {
    @TempDir
    private Path directory;

    /** A command line, its request, the answer, and what is printed for it. */
    record Request(String line, String request, String answer, String printed) {}

    static List<Request> requests() {
        return List.of(
                new Request("-c", "00000001", "00000000 0001ffff", "ptm capability is 0x1ffff\n"),
                new Request("-i", "00000002 00000001", "00000000", ""),
                new Request("-s", "00000003", "00000000", ""),
                new Request("-e", "00000004", "00000000 01000000", "tpmEstablished is 1\n"),
                new Request("-l 3", "00000005 03", "00000000", ""),
                new Request("-C", "00000009", "00000000", ""),
                new Request("-v", "0000000a", "00000000", ""),
                new Request("-r 4", "0000000b 04", "00000000", ""),
                new Request("--stop", "0000000e", "00000000", ""),
                new Request("-g", "0000000f", "00000000 00000003", "ptm configuration flags: 0x3\n"),
                new Request(
                        "-b 3000",
                        "00000011 00000bb8",
                        "00000000 00000bb8 00000b50 00001000",
                        "TPM buffersize: 3000\nminimum size  : 2896\nmaximum size  : 4096\n"),
                new Request("--lock-storage 300", "00000013 0000012c", "00000000", ""));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void sendsARequest(Request expected) throws Exception {
        String request = expected.request.replace(" ", "");
        Exchange exchange = new Exchange(request.length() / 2, expected.answer.replace(" ", ""));
        try (PeerSocket peer = peer(exchange)) {
            assertEquals(new Run(0, expected.printed, ""), run(expected.line));
            assertEquals(List.of(request), peer.requests());
        }
    }

    @Test
    void tellsTheResultOfARequestThatFails() throws Exception {
        try (PeerSocket _ = peer(new Exchange(8, "0000000a"))) {
            assertEquals(new Run(1, "", "TPM result from PTM_SET_BUFFERSIZE: 0xa\n"), run("-b 1"));
        }
    }

    @Test
    void tellsThatTheConnectionWasClosed() throws Exception {
        try (PeerSocket _ = peer(new Exchange(4, null))) {
            assertEquals(new Run(1, "", "Could not execute PTM_STOP: Connection closed by the TPM\n"), run("--stop"));
        }
    }

    @Test
    void readsInfoChunkByChunkUpToItsZero() throws Exception {
        String first = "00000000 00000005 00000003 616263".replace(" ", "");
        String second = "00000000 00000005 00000002 6400".replace(" ", "");
        try (PeerSocket peer = peer(new Exchange(20, first), new Exchange(20, second))) {
            assertEquals(new Run(0, "abcd\n", ""), run("--info 0x1"));
            assertEquals(
                    List.of(
                            "00000012" + "0000000000000001" + "00000000" + "00000000",
                            "00000012" + "0000000000000001" + "00000003" + "00000000"),
                    peer.requests());
        }
    }

    @Test
    void hashesLongDataInPieces() throws Exception {
        String data = "a".repeat(4097);
        Exchange success = new Exchange(4, "00000000");
        try (PeerSocket peer =
                peer(success, new Exchange(8 + 4096, "00000000"), new Exchange(9, "00000000"), success)) {
            assertEquals(new Run(0, "", ""), run("-h " + data));
            assertEquals(
                    List.of("00000006", "00000007" + "00001000" + "61".repeat(4096)),
                    peer.requests().subList(0, 2));
            assertEquals(
                    List.of("000000070000000161", "00000008"), peer.requests().subList(2, 4));
        }
    }

    @Test
    void savesABlobForItsOwnerAlone() throws Exception {
        Path file = directory.resolve("blob");
        try (PeerSocket peer = peer(new Exchange(16, "00000000 00000000 00000003 00000003 aabbcc".replace(" ", "")))) {
            assertEquals(new Run(0, "", ""), run("--save volatile " + file));
            assertEquals(List.of("0000000c" + "00000001" + "00000002" + "00000000"), peer.requests());
        }
        assertEquals("[-86, -69, -52]", Arrays.toString(Files.readAllBytes(file)));
        assertEquals(
                "[OWNER_READ, OWNER_WRITE]",
                Files.getPosixFilePermissions(file).stream().sorted().toList().toString());
    }

    @Test
    void anAbsentBlobMakesAnEmptyFile() throws Exception {
        Path file = directory.resolve("blob");
        try (PeerSocket _ = peer(new Exchange(16, "00000800" + "00000000".repeat(3)))) {
            assertEquals(new Run(0, "", ""), run("--save savestate " + file));
        }
        assertEquals(0, Files.size(file));
    }

    @Test
    void loadsABlobInOneRequest() throws Exception {
        Path file = Files.write(directory.resolve("blob"), new byte[] {1, 2});
        try (PeerSocket peer = peer(new Exchange(18, "00000000"))) {
            assertEquals(new Run(0, "", ""), run("--load permanent " + file));
            assertEquals(List.of("0000000d" + "00000000" + "00000001" + "00000002" + "0102"), peer.requests());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | No valid command.",
                "-c -i --unix x | Only one command may be given.",
                "-c | Error: Missing device name.",
                "-l 5 --unix x | Locality outside valid range of [0..4].",
                "-l x --unix x | Could not get locality number from x.",
                "--info 1x --unix x | Cannot parse info flags.",
                "--save volatile --unix x | Missing filename argument for --save option",
                "-c --tcp :70000 | Port '70000' outside valid range.",
                "-c --tcp a:b | Invalid port 'b'",
                "-c --unix /nowhere/s | Connect failed: No such file or directory",
                "--foo | swtpm_ioctl: unrecognized option '--foo'"
            })
    void complains(String line, String message) {
        assertEquals(
                new Run(1, "", message + "\n"), Run.of(Ioctl::run, line.isEmpty() ? new String[0] : line.split(" ")));
    }

    @Test
    void namesWhyThereIsNoConnection() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "");
        assertEquals(
                new Run(1, "", "Connect failed: Connection refused\n"),
                Run.of(Ioctl::run, "-c", "--unix", file.toString()));
        assertEquals(
                new Run(1, "", "Socket path is too long.\n"),
                Run.of(Ioctl::run, "-c", "--unix", "/" + "x".repeat(107)));
        assertEquals(
                new Run(1, "", "getaddrinfo failed on host 'no.such.invalid': Name or service not known\n"),
                Run.of(Ioctl::run, "-c", "--tcp", "no.such.invalid:6545"));
    }

    /** A device has no end: what is read of it is bounded. */
    @Test
    void loadsNoMoreThanAStateCanBe() throws Exception {
        try (PeerSocket _ = peer()) {
            assertEquals(
                    new Run(1, "", "File '/dev/zero' is too large for a state blob.\n"),
                    run("--load permanent /dev/zero"));
            assertEquals(
                    new Run(1, "", "Could not open file '" + directory + "' for reading: Is a directory\n"),
                    run("--load permanent " + directory));
            assertEquals(
                    new Run(
                            1,
                            "",
                            "Could not open file '" + directory + "/none/x' for writing: No such file or directory\n"),
                    run("--save permanent " + directory + "/none/x"));
        }
    }

    @Test
    void refusesACharacterDevice() {
        Run run = Run.of(Ioctl::run, "-c", "/dev/vtpm-1");
        assertEquals(1, run.status());
        assertTrue(run.err().contains("not supported"), run::err);
    }

    private PeerSocket peer(Exchange... exchanges) throws Exception {
        return new PeerSocket(directory.resolve("s"), exchanges);
    }

    private Run run(String line) {
        List<String> words =
                new ArrayList<>(List.of("--unix", directory.resolve("s").toString()));
        words.addAll(List.of(line.split(" ")));
        return Run.of(
                (String[] arguments, PrintStream out, PrintStream err) -> Ioctl.run(arguments, out, err),
                words.toArray(new String[0]));
    }
}
