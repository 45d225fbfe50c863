package org.jswtpm.store;

import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * How one file or block device holds all state: swtpm's {@code --tpmstate backend-uri=file://…,mode=…,lock}.
 *
 * @param file the file, made when something is first written or locked, or the device
 * @param mode permission bits of the file, at most 0777, not masked by the umask; empty for 0640, masked, and only when
 *     the file is made
 * @param lock whether {@link StateStore#lock} locks; swtpm's default here is no
 */
public record FileOptions(Path file, OptionalInt mode, boolean lock) {

    /** What swtpm does when only a file is given: default mode, no lock. */
    public static FileOptions of(Path file) {
        return new FileOptions(file, OptionalInt.empty(), false);
    }
}
