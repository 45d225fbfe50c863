package org.jswtpm.tools.process;

import java.nio.file.Path;
import java.util.HexFormat;

/** Names for files that nobody else has; the JDK's own come from a generator that needs /dev/urandom. */
public final class NewFile {
    private static final int RANDOM = 8;

    private NewFile() {}

    /** A path in a directory, which is not made: whoever makes it makes sure that it was not there. */
    public static Path in(Path directory, String prefix) {
        byte[] random = new byte[RANDOM];
        KernelRandom.fill(random);
        return directory.resolve(prefix + HexFormat.of().formatHex(random));
    }
}
