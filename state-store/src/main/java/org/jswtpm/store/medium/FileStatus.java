package org.jswtpm.store.medium;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;

/**
 * What lstat(2) says of a file.
 *
 * <p>Read as the JDK's "unix" attributes, as the first set of {@code PosixFilePermission}s that the JDK makes costs
 * milliseconds of the daemon's start.
 *
 * @param mode type and permission bits
 * @param size octets
 */
record FileStatus(int mode, long size) {
    private static final int TYPE = 0170000;
    private static final int REGULAR = 0100000;
    private static final int BLOCK_DEVICE = 0060000;
    private static final int PERMISSIONS = 0777;

    /** The status of {@code file} itself; of what it leads to with no options. */
    static FileStatus of(Path file, LinkOption... options) throws IOException {
        Map<String, Object> attributes = Files.readAttributes(file, "unix:mode,size", options);
        return new FileStatus((Integer) attributes.get("mode"), (Long) attributes.get("size"));
    }

    boolean isRegular() {
        return (mode & TYPE) == REGULAR;
    }

    boolean isBlockDevice() {
        return (mode & TYPE) == BLOCK_DEVICE;
    }

    /** At most 0777. */
    int permissions() {
        return mode & PERMISSIONS;
    }
}
