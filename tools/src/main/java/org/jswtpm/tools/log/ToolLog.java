package org.jswtpm.tools.log;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Where a program's messages go. */
public final class ToolLog {
    private static final Set<OpenOption> APPEND = Set.of(
            StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS);
    private static final Set<PosixFilePermission> MODE = PosixFilePermissions.fromString("rw-r-----");

    private final Path file;
    private final PrintStream out;
    private final PrintStream err;

    private ToolLog(Path file, PrintStream out, PrintStream err) {
        this.file = file;
        this.out = out;
        this.err = err;
    }

    /** Messages are printed. */
    public static ToolLog of(PrintStream out, PrintStream err) {
        return new ToolLog(null, out, err);
    }

    /**
     * Messages are appended to a file, which is created.
     *
     * @throws IOException if it cannot be opened; the message is for the user
     */
    public static ToolLog of(String file, PrintStream out, PrintStream err) throws IOException {
        try {
            Files.newByteChannel(Path.of(file), APPEND, PosixFilePermissions.asFileAttribute(MODE))
                    .close();
            return new ToolLog(Path.of(file), out, err);
        } catch (IOException e) {
            throw new IOException("Cannot open logfile " + file + ": " + Reason.of(e));
        }
    }

    /** The log file; null where messages are printed. */
    public Path file() {
        return file;
    }

    /**
     * Makes sure that messages can still be written, by a process that has become another user's.
     *
     * @throws IOException if not; the message is for the user
     */
    public void requireWritable() throws IOException {
        if (file != null && !Files.isWritable(file)) {
            throw new IOException("Cannot write to logfile " + file + ".");
        }
    }

    /** A message of success. */
    public void say(String line) {
        write(out, line);
    }

    /** A complaint. */
    public void complain(String line) {
        write(err, line);
    }

    /** Details that go into the log file alone. */
    void note(String text) {
        if (file != null) {
            complain(text.stripTrailing());
        }
    }

    private void write(PrintStream stream, String line) {
        if (file == null) {
            stream.println(line);
            return;
        }
        try (SeekableByteChannel channel = Files.newByteChannel(file, APPEND)) {
            channel.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            err.println("Error opening file " + file + ": " + Reason.of(e));
        }
    }
}
