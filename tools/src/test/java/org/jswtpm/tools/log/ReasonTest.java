package org.jswtpm.tools.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.FileInputStream;
import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ReasonTest {
    @TempDir
    private Path directory;

    @Test
    void tellsWhatTheSystemSaid() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "");
        assertReason("No such file or directory", () -> Files.readString(directory.resolve("none")));
        assertReason("No such file or directory", () -> new FileInputStream("/nowhere/file (1)").close());
        assertReason("Not a directory", () -> Files.readString(file.resolve("below")));
        assertReason("Is a directory", () -> Files.readString(directory));
        assertReason("Is a directory", () -> new FileInputStream(directory.toFile()).close());
        assertReason("File exists", () -> Files.createDirectory(file));
        assertReason("Directory not empty", () -> Files.delete(directory));
        Path loop = Files.createSymbolicLink(directory.resolve("loop"), Path.of("loop"));
        assertReason("Too many levels of symbolic links", () -> Files.readString(loop));
        assertReason("Permission denied", () -> new ProcessBuilder(file.toString()).start());
        assertReason("No such file or directory", () -> new ProcessBuilder("/nowhere").start());
    }

    static Stream<Arguments> failuresOfTheJdk() {
        return Stream.of(
                Arguments.of("Permission denied", new AccessDeniedException("/file")),
                Arguments.of("It is no text in UTF-8", new MalformedInputException(1)),
                Arguments.of("Name or service not known", new UnknownHostException("host: whatever")),
                Arguments.of("Connection closed", new ClosedChannelException()),
                Arguments.of("Input/output error", new IOException()),
                Arguments.of(
                        "No process can be made; raise the limit of processes (ulimit -u, or pids.max of the cgroup)",
                        new IOException("Cannot run program \"swtpm\": error=11, Resource temporarily unavailable")),
                Arguments.of("Connection refused", new IOException("Connection refused")));
    }

    @ParameterizedTest
    @MethodSource("failuresOfTheJdk")
    void hasWordsWhereTheJdkHasATypeOnly(String reason, IOException failure) {
        assertEquals(reason, Reason.of(failure));
    }

    @Test
    void theLastResortNamesNoException() {
        Throwable nested = new IllegalStateException(new NullPointerException("java.lang.String is null"));
        List<Throwable> failures = List.of(
                nested,
                new StackOverflowError(),
                new OutOfMemoryError("Java heap space"),
                new OutOfMemoryError("unable to create native thread: possibly out of memory"),
                new java.io.UncheckedIOException(new AccessDeniedException("/dev/urandom")));
        assertEquals(
                List.of(
                        "Internal error (ReasonTest.java); please report it.",
                        "Internal error (ReasonTest.java); please report it.",
                        "There is not enough memory.",
                        "No thread can be made: raise the limit of processes (ulimit -u, or pids.max of the cgroup).",
                        "An input or output failed: Permission denied."),
                failures.stream()
                        .map(LastResort::sentence)
                        .map(sentence -> sentence.replaceFirst("java:\\d+", "java"))
                        .toList());
    }

    private static void assertReason(String reason, Executable failing) {
        assertEquals(reason, Reason.of(assertThrows(IOException.class, failing)));
    }
}
