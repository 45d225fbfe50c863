package org.jswtpm.server.process;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jswtpm.server.cli.Settings.PidTarget;
import org.jswtpm.server.file.OwnFile;
import org.jswtpm.server.log.FailureReason;
import org.jswtpm.server.socket.inherited.InheritedDescriptor;

/** The file with this process's id, taken away at the end if it is still the same file. */
public final class PidFile implements AutoCloseable {
    private final OwnFile file;

    private PidFile(OwnFile file) {
        this.file = file;
    }

    /**
     * Writes the id. A symbolic link is not followed.
     *
     * @throws IOException with a message for the user
     */
    public static PidFile write(PidTarget target) throws IOException {
        // the number in this process's own namespace, which the /proc of another one does not tell
        byte[] pid = Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII);
        return target.file() == null ? writeDescriptor(target.fd(), pid) : writeFile(target.file(), pid);
    }

    private static PidFile writeFile(String file, byte[] pid) throws IOException {
        Path path = Path.of(file);
        try {
            OwnFile.requireFileOrNothing(path);
            writeFile(path, pid);
            return new PidFile(OwnFile.at(path));
        } catch (IOException e) {
            throw new IOException("Could not write pidfile " + file + ": " + FailureReason.of(e), e);
        }
    }

    private static void writeFile(Path path, byte[] pid) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(
                path,
                Set.of(
                        StandardOpenOption.WRITE,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        LinkOption.NOFOLLOW_LINKS),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--")))) {
            channel.write(ByteBuffer.wrap(pid));
        }
    }

    private static PidFile writeDescriptor(int fd, byte[] pid) throws IOException {
        Path descriptor = Path.of("/proc/self/fd/" + fd);
        if (!Files.isRegularFile(descriptor)) {
            throw new IOException("Bad filedescriptor " + fd + " for pid file; it has to be an open regular file");
        }
        OwnFile file = OwnFile.at(Files.readSymbolicLink(descriptor), descriptor);
        try (FileOutputStream out = InheritedDescriptor.of(fd, "the pid file").output()) {
            out.write(pid);
        } catch (IOException e) {
            throw new IOException(
                    "Could not write to pidfile with filedescriptor " + fd + ": " + FailureReason.of(e), e);
        }
        return new PidFile(file);
    }

    @Override
    public void close() throws IOException {
        file.remove();
    }
}
