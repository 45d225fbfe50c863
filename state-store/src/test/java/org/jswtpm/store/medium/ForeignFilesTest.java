package org.jswtpm.store.medium;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jswtpm.store.DirectoryOptions;
import org.jswtpm.store.FileOptions;
import org.jswtpm.store.StateName;
import org.jswtpm.store.StoreException;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What lies under a name of the store's and is no file: refused at once, and still there afterwards. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ForeignFilesTest {
    private static final byte[] OLD = {1, 2, 3};
    private static final byte[] NEW = {4, 5, 6, 7};

    enum Kind {
        FIFO,
        DIRECTORY,
        SOCKET,
        LINK,
        LINK_TO_NOTHING
    }

    @TempDir
    Path directory;

    private Path make(Kind kind, String name) throws IOException, InterruptedException {
        Path path = directory.resolve(name);
        switch (kind) {
            case FIFO ->
                assertEquals(
                        0, new ProcessBuilder("mkfifo", path.toString()).start().waitFor());
            case DIRECTORY -> Files.createDirectory(path);
            case SOCKET -> {
                try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
                    socket.bind(UnixDomainSocketAddress.of(path));
                }
            }
            case LINK -> Files.createSymbolicLink(path, Files.write(directory.resolve("elsewhere"), OLD));
            case LINK_TO_NOTHING -> Files.createSymbolicLink(path, directory.resolve("nothing"));
        }
        return path;
    }

    private static Object identity(Path path) throws IOException {
        return Files.getAttribute(path, "unix:ino", LinkOption.NOFOLLOW_LINKS);
    }

    private DirectoryMedium medium() {
        return new DirectoryMedium(new DirectoryOptions(directory, true, OptionalInt.of(0640), true, true, false));
    }

    static Stream<Arguments> stateFiles() {
        return Stream.of(Kind.values())
                .flatMap(kind -> Stream.of(StateName.values()).map(name -> Arguments.of(kind, name)));
    }

    @ParameterizedTest
    @MethodSource("stateFiles")
    void refusesItInPlaceOfAState(Kind kind, StateName name) throws Exception {
        Path path = make(kind, "tpm2-00." + name.suffix());
        Object before = identity(path);

        assertThrows(StoreException.class, () -> medium().read(name));
        assertThrows(StoreException.class, () -> medium().size(name));
        assertThrows(StoreException.class, () -> medium().write(name, NEW));
        assertThrows(StoreException.class, () -> medium().delete(name));
        assertEquals(before, identity(path));
    }

    static Stream<Arguments> helpers() {
        return Stream.of(Kind.values())
                .flatMap(kind -> Stream.of("TMP2-00.permall", "TMP2-00.permall.bak", "tpm2-00.permall.bak")
                        .map(name -> Arguments.of(kind, name)));
    }

    @ParameterizedTest
    @MethodSource("helpers")
    void refusesItWhereAWriteNeedsThePlace(Kind kind, String name) throws Exception {
        medium().write(StateName.PERMALL, OLD);
        Path path = make(kind, name);
        Object before = identity(path);

        assertThrows(StoreException.class, () -> medium().write(StateName.PERMALL, NEW));
        assertEquals(before, identity(path));
        assertArrayEquals(OLD, medium().read(StateName.PERMALL).orElseThrow());
    }

    @ParameterizedTest
    @EnumSource
    void refusesItInPlaceOfTheBackup(Kind kind) throws Exception {
        Path path = make(kind, "tpm2-00.permall.bak");
        Object before = identity(path);

        assertThrows(StoreException.class, () -> medium().read(StateName.PERMALL));
        assertThrows(StoreException.class, () -> medium().exchangeBackup());
        assertEquals(before, identity(path));
    }

    @ParameterizedTest
    @EnumSource
    void refusesItWhereAnExchangeNeedsThePlace(Kind kind) throws Exception {
        medium().write(StateName.PERMALL, OLD);
        medium().write(StateName.PERMALL, NEW);
        Path path = make(kind, "tpm2-00.permall.tmp");
        Object before = identity(path);

        assertThrows(StoreException.class, () -> medium().exchangeBackup());
        assertEquals(before, identity(path));
        assertArrayEquals(NEW, medium().read(StateName.PERMALL).orElseThrow());
    }

    @ParameterizedTest
    @EnumSource
    void refusesItInPlaceOfTheLock(Kind kind) throws Exception {
        Path path = make(kind, ".lock");
        Object before = identity(path);

        StoreException refusal = assertThrows(StoreException.class, () -> medium().lock(0));
        assertTrue(refusal.getMessage().contains(".lock is not a regular file"), refusal.getMessage());
        assertEquals(before, identity(path));
    }

    @ParameterizedTest
    @EnumSource
    void refusesItInPlaceOfALinearStore(Kind kind) throws Exception {
        Path path = make(kind, "store");
        Object before = identity(path);

        try (LinearMedium medium = new LinearMedium(new FileOptions(path, OptionalInt.of(0640), true))) {
            assertThrows(StoreException.class, () -> medium.read(StateName.PERMALL));
            assertThrows(StoreException.class, () -> medium.write(StateName.PERMALL, NEW));
            assertThrows(StoreException.class, () -> medium.lock(0));
        }
        assertEquals(before, identity(path));
    }
}
