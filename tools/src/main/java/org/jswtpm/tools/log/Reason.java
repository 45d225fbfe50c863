package org.jswtpm.tools.log;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/**
 * What the system says of a failure, as a C program would tell it. The JDK has turned some of its words into types of
 * exceptions, whose messages are a file's name or nothing, and wraps others.
 */
public final class Reason {
    private static final String NOT_FOUND = "No such file or directory";
    /** For a failure of which nothing is known: the text of EIO. */
    private static final String UNKNOWN = "Input/output error";

    /** For EAGAIN of a new process, which is not for lack of time. */
    private static final String NO_PROCESS =
            "No process can be made; raise the limit of processes (ulimit -u, or pids.max of the cgroup)";

    private Reason() {}

    /** The reason, without the name of the file: the caller knows in which words the user gave it. */
    public static String of(IOException failure) {
        if (failure instanceof FileSystemException file) {
            return ofFile(file);
        }
        if (failure instanceof CharacterCodingException) {
            return "It is no text in UTF-8";
        }
        if (failure instanceof UnknownHostException) {
            return "Name or service not known";
        }
        if (failure instanceof ClosedChannelException) {
            return "Connection closed";
        }
        String message = failure.getMessage();
        if (message == null || message.isBlank()) {
            return UNKNOWN;
        }
        if (message.startsWith("Cannot run program")) {
            String reason = unwrapped(message);
            return reason.equals("Resource temporarily unavailable") ? NO_PROCESS : reason;
        }
        return failure instanceof FileNotFoundException ? unwrapped(message) : message;
    }

    private static String ofFile(FileSystemException failure) {
        if (failure instanceof NoSuchFileException) {
            return NOT_FOUND;
        }
        if (failure instanceof AccessDeniedException) {
            return "Permission denied";
        }
        if (failure instanceof FileAlreadyExistsException) {
            return "File exists";
        }
        if (failure instanceof NotDirectoryException) {
            return "Not a directory";
        }
        if (failure instanceof DirectoryNotEmptyException) {
            return "Directory not empty";
        }
        String reason = failure.getReason();
        if (reason == null) {
            return UNKNOWN;
        }
        int more = reason.indexOf(" or unable to access attributes");
        return more < 0 ? reason : reason.substring(0, more);
    }

    /** {@code /file (Is a directory)}, {@code …error: 13 (Permission denied)} or {@code …error=13, Permission denied}. */
    private static String unwrapped(String message) {
        int open = message.lastIndexOf('(');
        int close = message.lastIndexOf(')');
        if (open >= 0 && open < close) {
            return message.substring(open + 1, close);
        }
        int comma = message.lastIndexOf(", ");
        return comma < 0 ? message : message.substring(comma + 2);
    }
}
