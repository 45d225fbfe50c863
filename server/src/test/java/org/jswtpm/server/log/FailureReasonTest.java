package org.jswtpm.server.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FailureReasonTest {
    static Stream<Arguments> reasons() {
        return Stream.of(
                arguments(new NoSuchFileException("/x"), "No such file or directory"),
                arguments(new AccessDeniedException("/x"), "Permission denied"),
                arguments(new FileAlreadyExistsException("/x"), "File exists"),
                arguments(new NotDirectoryException("/x"), "Not a directory"),
                arguments(new FileSystemException("/x", null, "Is a directory"), "Is a directory"),
                arguments(new FileSystemException("/x"), "the system does not say why"),
                arguments(new ClosedChannelException(), "the system does not say why"),
                arguments(new UserPrincipalNotFoundException("x"), "the system does not say why"),
                arguments(new FileNotFoundException("/x (Is a directory)"), "/x (Is a directory)"),
                arguments(new IOException("bind failed"), "bind failed"));
    }

    @ParameterizedTest
    @MethodSource("reasons")
    void speaksAsTheCLibraryDoes(IOException failure, String reason) {
        assertEquals(reason, FailureReason.of(failure));
    }

    @Test
    void namesTheFileInASentenceOfItsOwn() {
        assertEquals("/x: Permission denied", FailureReason.sentence(new AccessDeniedException("/x")));
        assertEquals("bind failed", FailureReason.sentence(new IOException("bind failed")));
    }

    static Stream<Throwable> surroundings() {
        return Stream.of(
                new OutOfMemoryError(
                        "unable to create native thread: possibly out of memory or process/resource limits"),
                new OutOfMemoryError("Java heap space"),
                new UnsatisfiedLinkError("/opt/lib/libnet.so: cannot open shared object file"),
                new NoClassDefFoundError("org/jswtpm/engine/Tpms"),
                new UncheckedIOException(new NoSuchFileException("/dev/urandom")));
    }

    @ParameterizedTest
    @MethodSource("surroundings")
    void hasASentenceForWhatTheSurroundingsCause(Throwable fault) {
        String sentence = FailureReason.ofSurroundings(fault);
        assertFalse(sentence.contains("Exception") || sentence.contains("java.") || sentence.contains("\n"), sentence);
    }

    @Test
    void leavesFaultsOfOurOwnToTheirTrace() {
        assertNull(FailureReason.ofSurroundings(new IllegalStateException("x")));
    }
}
