package org.jswtpm.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * How a file gets exactly the mode that the user asked for, where the umask or an earlier start gave it another one. Rarely
 * needed, so a host may make it when it is called.
 *
 * <p>A mode is set by descriptor, never by path: who can write the state directory may exchange a file for a link at any
 * moment.
 */
public interface FileModes {
    /**
     * Creates a file that was not there, with {@code mode} whatever the umask is.
     *
     * @param mode permission bits, at most 0777
     * @return the file, open for writing
     * @throws IOException also if there is something of that name
     */
    FileChannel create(Path file, int mode) throws IOException;

    /**
     * Gives a regular file or block device {@code mode}. A symbolic link is not followed.
     *
     * @param mode permission bits, at most 0777
     */
    void set(Path file, int mode) throws IOException;
}
