package org.jswtpm.server.socket;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A directory in which nobody can exchange what is there, but root and the user of this process: nobody else may write it, nor
 * one above it. In one with the sticky bit everybody can write, and exchange only what is his own.
 *
 * <p>What such a directory has may be named by its path.
 */
final class ClosedDirectory {
    private static final int WRITABLE = 0022;
    private static final int STICKY = 01000;

    private ClosedDirectory() {}

    /**
     * Whether it is one. If that cannot be told, it is none.
     *
     * @param directory a path without links
     * @param user the user of this process
     */
    static boolean is(Path directory, int user) {
        try {
            for (Path each = directory; each != null; each = each.getParent()) {
                if (!isClosed(each, user)) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isClosed(Path directory, int user) throws IOException {
        Map<String, Object> status = Files.readAttributes(directory, "unix:mode,uid");
        int mode = (int) status.get("mode");
        int owner = (int) status.get("uid");
        return (owner == 0 || owner == user) && ((mode & WRITABLE) == 0 || (mode & STICKY) != 0);
    }
}
