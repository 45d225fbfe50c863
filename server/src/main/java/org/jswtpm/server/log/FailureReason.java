package org.jswtpm.server.log;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Why a file could not be opened, in the words of the C library: the JDK's messages are often just the path. */
public final class FailureReason {
    private FailureReason() {}

    /** The reason, for the end of a message. */
    public static String of(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "No such file or directory";
        }
        if (e instanceof AccessDeniedException) {
            return "Permission denied";
        }
        if (e instanceof FileSystemException inFileSystem && inFileSystem.getReason() != null) {
            return inFileSystem.getReason();
        }
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }
}
