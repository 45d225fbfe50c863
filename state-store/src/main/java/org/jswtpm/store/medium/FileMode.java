package org.jswtpm.store.medium;

import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.OptionalInt;
import java.util.Set;

/** The permission bits of the files of a medium: given by the user, or the default. */
final class FileMode {
    private static final int DEFAULT = 0640;
    private static final int OWNER_WRITE = 0200;

    private final boolean given;
    private final int bits;
    private final FileAttribute<Set<PosixFilePermission>> attribute;

    FileMode(OptionalInt mode) {
        given = mode.isPresent();
        bits = mode.orElse(DEFAULT);
        attribute = attribute(bits);
    }

    /** {@code mode}, at most 0777, as the JDK has it. */
    static Set<PosixFilePermission> permissions(int mode) {
        Set<PosixFilePermission> set = new HashSet<>(); // an EnumSet looks at its type by reflection: 1 ms of the start
        for (PosixFilePermission permission : PosixFilePermission.values()) { // OWNER_READ is 0400, the last is 0001
            if ((mode & 0400 >> permission.ordinal()) != 0) {
                set.add(permission);
            }
        }
        return set;
    }

    /** For creating a file with {@code mode} less the umask. */
    static FileAttribute<Set<PosixFilePermission>> attribute(int mode) {
        return PosixFilePermissions.asFileAttribute(permissions(mode));
    }

    /** For creating a file; the umask takes bits away, also from a mode that was given. */
    FileAttribute<Set<PosixFilePermission>> attribute() {
        return attribute;
    }

    /** Whether files must have exactly this mode. */
    boolean isGiven() {
        return given;
    }

    /** Whether a file with the permissions {@code actual} has to get this mode before it is used. */
    boolean mustApply(int actual) {
        return given ? actual != bits : (actual & OWNER_WRITE) == 0;
    }

    /** The permission bits. */
    int bits() {
        return bits;
    }
}
