package org.jswtpm.tools.setup;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.jswtpm.store.DirectoryOptions;
import org.jswtpm.store.FileOptions;
import org.jswtpm.store.StateKeys;
import org.jswtpm.store.StateName;
import org.jswtpm.store.StateStore;
import org.jswtpm.store.StoreException;
import org.jswtpm.tools.log.Reason;

/**
 * Where the state is to be.
 *
 * @param path a directory, or a file or block device
 * @param isFile whether it is the latter
 */
record StatePlace(Path path, boolean isFile) {
    private static final String DIRECTORY = "dir://";
    private static final String FILE = "file://";
    /** The magic of swtpm's linear format. */
    private static final int LINEAR_HEADER = 8;

    /** Reads a path, {@code dir://…} or {@code file://…}. */
    static StatePlace of(String text) {
        if (text.startsWith(FILE)) {
            return new StatePlace(Path.of(text.substring(FILE.length())), true);
        }
        return new StatePlace(Path.of(text.startsWith(DIRECTORY) ? text.substring(DIRECTORY.length()) : text), false);
    }

    /** The value of swtpm's {@code backend-uri}. */
    String uri() {
        return (isFile ? FILE : DIRECTORY) + path;
    }

    /** Whether the user may read and write here. */
    void checkAccess() throws SetupException {
        String user = System.getProperty("user.name");
        if (isFile) {
            Path parent = path.toAbsolutePath().getParent();
            boolean usable = Files.exists(path)
                    ? Files.isReadable(path) && Files.isWritable(path) && !isNone(path)
                    : parent != null && Files.isWritable(parent);
            if (!usable) {
                throw new SetupException("User " + user + " cannot read/write state file " + path + ".");
            }
            return;
        }
        Path lock = lockable();
        if (Files.exists(lock) && !(Files.isReadable(lock) && Files.isWritable(lock))) {
            throw new SetupException("User " + user + " cannot read/write lockfile " + lock + ".");
        }
        checkDirectory(path);
    }

    /** An empty path, which is no file for the system; for the JDK it is the directory of who runs this. */
    private static boolean isNone(Path path) {
        return path.toString().isEmpty();
    }

    /** What holds the lock of this place: the lock file of a directory, or the file itself. */
    Path lockable() {
        return isFile ? path : path.resolve(".lock");
    }

    /** Whether a directory is there and the user may write to it. */
    static void checkDirectory(Path directory) throws SetupException {
        if (isNone(directory) || !Files.isDirectory(directory)) {
            throw new SetupException("The path " + directory + " is not a directory or does not exist.");
        }
        if (!Files.isReadable(directory) || !Files.isWritable(directory)) {
            throw new SetupException("User " + System.getProperty("user.name")
                    + " needs read/write permissions on directory " + directory + ".");
        }
    }

    /** A store here. */
    StateStore open(boolean tpm2, StateKeys keys) {
        return isFile
                ? StateStore.open(new FileOptions(path, OptionalInt.empty(), true), keys)
                : StateStore.open(DirectoryOptions.of(path, tpm2), keys);
    }

    /** Whether a TPM has permanent state here. */
    boolean hasState(boolean tpm2) throws SetupException {
        try (StateStore store = open(tpm2, StateKeys.NONE)) {
            return store.size(StateName.PERMALL).isPresent();
        } catch (StoreException e) {
            throw new SetupException(e.getMessage());
        }
    }

    /**
     * Takes all state away that a TPM has here.
     *
     * @param lockToo whether the lock file goes, too
     * @throws SetupException also if a running TPM has it locked; then it stays
     */
    void delete(boolean tpm2, boolean lockToo) throws SetupException {
        try (StateStore store = open(tpm2, StateKeys.NONE)) {
            store.lock(0);
            if (!isFile) {
                deleteFiles("*");
                if (lockToo) {
                    Files.deleteIfExists(lockable()); // under the lock, so that nobody else has it
                }
            } else if (Files.isRegularFile(path)) {
                Files.delete(path);
            } else if (Files.exists(path)) {
                try (RandomAccessFile device = new RandomAccessFile(path.toFile(), "rw")) {
                    device.write(new byte[LINEAR_HEADER]);
                }
            }
        } catch (IOException e) {
            throw new SetupException("Could not remove the state in " + path + ": " + Reason.of(e));
        }
    }

    /** Takes away what a TPM of the other version has in a directory; what this one has is replaced. */
    void deleteOthers(boolean tpm2) throws IOException {
        if (!isFile) {
            deleteFiles(tpm2 ? "tpm-*" : "tpm2-*");
        }
    }

    private void deleteFiles(String prefix) throws IOException {
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(path, prefix + "{permall,volatilestate,savestate}")) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
    }
}
