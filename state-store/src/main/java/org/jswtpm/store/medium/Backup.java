package org.jswtpm.store.medium;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The previous contents of a file, kept beside it: {@code docs/state/swtpm-files.md}, section 1.1.
 *
 * <p>Hard links let the file stay in its place while its backup is made. Where the file system has none, the file is
 * missing for the moment between two renames, and {@link #restore} puts it back.
 */
final class Backup {
    private final Path file;
    private final Path backup;
    private final Path next;
    private final Path parked;
    private final StepHook hook;

    /**
     * @param file what a backup is kept of
     * @param temporary the name of its successor before it is renamed
     */
    Backup(Path file, Path temporary, StepHook hook) {
        this.file = file;
        backup = file.resolveSibling(file.getFileName() + ".bak");
        next = file.resolveSibling(temporary.getFileName() + ".bak");
        parked = file.resolveSibling(file.getFileName() + ".tmp");
        this.hook = hook;
    }

    /** Makes the contents of the file, if there is one, also those of the backup. */
    void keep() throws IOException {
        try {
            link(next);
            hook.done(WriteStep.BACKUP_LINKED);
            StateFile.move(next, backup);
            StateFile.remove(next); // rename(2) does nothing if a crash left the backup a link to the file
        } catch (NoSuchFileException e) {
            return;
        } catch (FileSystemException e) { // no hard links here
            StateFile.move(file, backup);
        }
        hook.done(WriteStep.BACKUP_RENAMED);
    }

    /** Where the file is missing, makes the backup the file; false if there is none. */
    boolean restore() throws IOException {
        try {
            StateFile.move(backup, file);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** Exchanges file and backup; false if there is no backup. */
    boolean exchange() throws IOException {
        if (!StateFile.isThere(backup)) {
            if (!StateFile.isThere(parked)) {
                return false;
            }
            StateFile.move(parked, backup); // an exchange was cut off here
        }
        boolean hasFile = StateFile.isThere(file);
        if (hasFile) {
            park();
            hook.done(WriteStep.EXCHANGE_PARKED);
        }
        StateFile.move(backup, file);
        hook.done(WriteStep.EXCHANGE_RENAMED);
        if (hasFile) {
            StateFile.move(parked, backup);
            hook.done(WriteStep.EXCHANGE_DONE);
        }
        return true;
    }

    private void park() throws IOException {
        try {
            link(parked);
        } catch (FileSystemException e) { // no hard links here
            StateFile.move(file, parked);
        }
    }

    /** The path of the backup. */
    Path path() {
        return backup;
    }

    private void link(Path other) throws IOException {
        try {
            Files.createLink(other, file);
        } catch (FileAlreadyExistsException e) { // left over from a crash
            StateFile.remove(other);
            Files.createLink(other, file);
        }
    }
}
