package org.jswtpm.store;

import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * How a directory holds state: swtpm's {@code --tpmstate dir=…,mode=…,lock,backup,fsync}.
 *
 * @param directory where the files are; it has to be there when something is written or locked
 * @param tpm2 whether the files are those of a TPM 2.0; of a TPM 1.2 otherwise
 * @param mode permission bits of state files, at most 0777, not masked by the umask; empty for 0640, masked
 * @param lock whether {@link StateStore#lock} locks
 * @param backup whether the permanent state before the last one is kept as {@code .bak}
 * @param fsync whether file and directory are synced at each write
 */
public record DirectoryOptions(
        Path directory, boolean tpm2, OptionalInt mode, boolean lock, boolean backup, boolean fsync) {

    /** What swtpm does when only a directory is given: default mode, lock, no backup, no sync. */
    public static DirectoryOptions of(Path directory, boolean tpm2) {
        return new DirectoryOptions(directory, tpm2, OptionalInt.empty(), true, false, false);
    }
}
