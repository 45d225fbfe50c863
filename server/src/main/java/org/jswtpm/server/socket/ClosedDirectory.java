package org.jswtpm.server.socket;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A directory in which nobody can exchange what is there, but root and the user of this process: nobody else may write it, nor
 * one above it. In one with the sticky bit everybody can write, and exchange only what is his own.
 *
 * <p>What such a directory has may be named by its path. It is the usual case, and system calls are linked for the other one
 * only, which takes as long as a third of the daemon's start.
 */
final class ClosedDirectory {
    private static final int WRITABLE = 0022;
    private static final int STICKY = 01000;

    private ClosedDirectory() {}

    /** The directory by a path without links, if it is closed; null if not, or if that cannot be told. */
    static Path find(Path directory) {
        try {
            // who runs this process, as far as it has been told: for the kernel it is the owner of this
            int user = (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
            Path real = directory.toRealPath();
            for (Path each = real; each != null; each = each.getParent()) {
                if (!isClosed(each, user)) {
                    return null;
                }
            }
            return real;
        } catch (IOException e) {
            return null;
        }
    }

    private static boolean isClosed(Path directory, int user) throws IOException {
        Map<String, Object> status = Files.readAttributes(directory, "unix:mode,uid");
        int mode = (int) status.get("mode");
        int owner = (int) status.get("uid");
        return (owner == 0 || owner == user) && ((mode & WRITABLE) == 0 || (mode & STICKY) != 0);
    }
}
