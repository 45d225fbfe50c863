package org.jswtpm.store.medium;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jswtpm.store.StoreError;
import org.jswtpm.store.StoreException;

/** What the system says about a failure. The JDK has turned some of its words into types of exceptions. */
final class FailureText {
    private FailureText() {}

    /** {@code failure} with what could not be done to which file before it. */
    static StoreException failure(String what, Path file, IOException failure) {
        if (failure instanceof StoreException refusal) {
            return new StoreException(refusal.error(), what + " " + file + ": " + refusal.getMessage(), refusal);
        }
        return new StoreException(StoreError.FAIL, what + " " + file + ": " + of(failure), failure);
    }

    private static String of(IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return "No such file or directory";
        }
        if (failure instanceof AccessDeniedException) {
            return "Permission denied";
        }
        if (failure instanceof FileSystemException inFileSystem && inFileSystem.getReason() != null) {
            return inFileSystem.getReason();
        }
        return failure.getMessage();
    }
}
