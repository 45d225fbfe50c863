package org.jswtpm.server.log;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import org.jswtpm.server.cli.Settings.LogTarget;
import org.jswtpm.server.file.FileType;
import org.jswtpm.server.file.OwnFile;
import org.jswtpm.server.socket.inherited.InheritedDescriptor;

/**
 * Where messages go. A line that is indented by n spaces is written from level n + 1 on.
 *
 * <p>It can be used from any thread. A log that cannot be written (libvirt closes its end of stderr after the start) is
 * no reason to fail.
 */
public final class Log {
    private static final int BYTES_PER_LINE = 16;
    /** As deep as the finest of what libtpms tells of a command: who asks for that, asks for everything. */
    private static final String FINEST = "       ";

    private static final HexFormat HEX = HexFormat.ofDelimiter(" ").withUpperCase();

    private final OutputStream out;
    private final int level;
    private final String prefix;
    private final boolean toConsole;
    private final boolean explain;

    private Log(OutputStream out, int level, String prefix, boolean toConsole, boolean explain) {
        this.toConsole = toConsole;
        this.explain = explain;
        this.out = out;
        this.level = level;
        this.prefix = prefix;
    }

    /** Messages to stderr, as swtpm writes them before or without {@code --log}. */
    public static Log toStderr() {
        return new Log(stderr(), 1, "swtpm: ", true, false);
    }

    /**
     * Opens what {@code --log} asks for.
     *
     * @param target null for stderr
     * @throws IOException if a file cannot be opened; a symbolic link is not followed
     */
    public static Log open(LogTarget target) throws IOException {
        if (target == null) {
            return toStderr();
        }
        String prefix = target.prefix() == null ? "" : target.prefix();
        if (target.file() == null) {
            boolean console = target.fd() < 0;
            OutputStream out = console ? stderr() : openDescriptor(target.fd());
            return new Log(out, target.level(), prefix, console, target.explain());
        }
        if (target.file().equals("-")) {
            return new Log(OutputStream.nullOutputStream(), 0, prefix, false, false);
        }
        Set<OpenOption> options = Set.of(
                StandardOpenOption.WRITE,
                StandardOpenOption.CREATE,
                target.truncate() ? StandardOpenOption.TRUNCATE_EXISTING : StandardOpenOption.APPEND,
                LinkOption.NOFOLLOW_LINKS);
        try {
            requireFileOrCharacterDevice(Path.of(target.file()));
            OutputStream file = Channels.newOutputStream(Files.newByteChannel(
                    Path.of(target.file()),
                    options,
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))));
            return new Log(file, target.level(), prefix, false, target.explain());
        } catch (IOException e) {
            throw new IOException(
                    "Could not open logfile for writing: " + target.file() + ": " + FailureReason.of(e), e);
        }
    }

    /** A log to /dev/null or to a terminal is none of the files that somebody put in the way. */
    private static void requireFileOrCharacterDevice(Path path) throws IOException {
        if (FileType.of(path, LinkOption.NOFOLLOW_LINKS) != FileType.CHARACTER_DEVICE) {
            OwnFile.requireFileOrNothing(path);
        }
    }

    private static OutputStream stderr() {
        return new FileOutputStream(FileDescriptor.err);
    }

    private static OutputStream openDescriptor(int fd) throws IOException {
        return switch (fd) {
            case 1 -> new FileOutputStream(FileDescriptor.out);
            case 2 -> stderr();
            default -> InheritedDescriptor.of(fd, "the log").output();
        };
    }

    /** Whether lines that are indented by {@code indent} spaces are written. */
    public boolean shows(int indent) {
        return level > indent;
    }

    /** Writes a message, without the line's end. */
    public void say(String message) {
        if (!message.isBlank() && shows(indentOf(message))) {
            write(prefix + message + "\n");
        }
    }

    /** Writes an error that the user has to see: to the log, and to stderr where the log is a file. */
    public void fail(String message) {
        say(message);
        if (level > 0 && !toConsole) {
            toStderr().say(message);
        }
    }

    /**
     * Writes where our own code failed, or what in the surroundings made it fail. The text of an exception of ours stays
     * out: it may quote what must not be seen.
     */
    public void fault(String during, Throwable fault) {
        try {
            String cause = FailureReason.ofSurroundings(fault);
            fail(cause == null ? describe(during, fault) : cause);
        } catch (OutOfMemoryError e) {
            // not even for these words; what follows a fault matters more
        }
    }

    private static String describe(String during, Throwable fault) {
        StringBuilder text = new StringBuilder("Error: Internal error during ")
                .append(during)
                .append(": ")
                .append(fault.getClass().getName());
        for (StackTraceElement frame : fault.getStackTrace()) {
            text.append("\n    at ").append(frame);
        }
        return text.toString();
    }

    /**
     * Writes a title, the number of octets, and the octets, each line indented by one space: as swtpm writes them, but with
     * zeros in the place of secrets.
     *
     * @param open how many octets at the beginning are written as they are
     */
    public void dump(String title, byte[] octets, int open) {
        if (!shows(1)) {
            return;
        }
        byte[] shown = Arrays.copyOf(Arrays.copyOf(octets, Math.min(open, octets.length)), octets.length);
        StringBuilder text = new StringBuilder(64 + shown.length * 4);
        text.append(prefix)
                .append(' ')
                .append(title)
                .append(" length ")
                .append(shown.length)
                .append('\n');
        for (int i = 0; i < shown.length; i += BYTES_PER_LINE) {
            int end = Math.min(shown.length, i + BYTES_PER_LINE);
            text.append(prefix).append(' ').append(HEX.formatHex(shown, i, end)).append(" \n");
        }
        write(text.toString());
    }

    /** Whether lines that swtpm does not have are wanted in this log, where they are shown: {@code explain}. */
    boolean explains() {
        return explain;
    }

    /** Writes how long an answer took, at the finest level, where explanations are wanted. */
    public void answered(long beginNanos) {
        if (explain && shows(FINEST.length())) {
            say(FINEST + "answered after " + (System.nanoTime() - beginNanos) / 1000 + " us");
        }
    }

    private static int indentOf(String message) {
        int indent = 0;
        while (message.charAt(indent) == ' ') {
            indent++;
        }
        return indent;
    }

    private void write(String text) {
        try {
            synchronized (out) {
                out.write(text.getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            // a reader that went away must not take the TPM with it
        }
    }
}
