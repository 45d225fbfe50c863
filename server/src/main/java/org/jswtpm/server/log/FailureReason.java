package org.jswtpm.server.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Why something failed, in the words of the C library or our own: the JDK's messages are often just a path, or a class. */
public final class FailureReason {
    /** Where the JDK tells a class of its own, and no more. */
    private static final String UNKNOWN = "the system does not say why";

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
        if (e instanceof FileAlreadyExistsException) {
            return "File exists";
        }
        if (e instanceof NotDirectoryException) {
            return "Not a directory";
        }
        return e instanceof FileSystemException || e.getMessage() == null ? UNKNOWN : e.getMessage();
    }

    /** The reason as a message of its own, with the file that it is about. */
    public static String sentence(IOException e) {
        return e instanceof FileSystemException inFileSystem && inFileSystem.getFile() != null
                ? inFileSystem.getFile() + ": " + of(e)
                : of(e);
    }

    /**
     * What the surroundings of this process have to do with a failure that no code of ours expects.
     *
     * @return a sentence with the cause and the remedy; null for a fault of our own
     */
    static String ofSurroundings(Throwable fault) {
        if (fault instanceof UncheckedIOException unchecked) {
            return "Error: " + sentence(unchecked.getCause());
        }
        if (fault instanceof OutOfMemoryError) {
            return "Error: This process gets no more memory or threads; raise its limits (ulimit -v, ulimit -u,"
                    + " LimitAS=, LimitNPROC=, TasksMax=)";
        }
        if (fault instanceof LinkageError) {
            return "Error: A part of jswtpm in " + System.getProperty("java.home")
                    + " cannot be loaded; the user of the process has to be able to read all of it";
        }
        return null;
    }
}
