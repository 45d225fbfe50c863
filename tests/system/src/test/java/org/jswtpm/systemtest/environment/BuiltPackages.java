package org.jswtpm.systemtest.environment;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the module packaging has made. */
public final class BuiltPackages {
    private static final Path DIRECTORY =
            Path.of(System.getProperty("jswtpm.packages")).normalize();

    private BuiltPackages() {}

    /** The Debian package. */
    public static Path debianPackage() throws IOException {
        return only("jswtpm_*.deb");
    }

    /** The tarball. */
    public static Path tarball() throws IOException {
        return only("jswtpm-*.tar.gz");
    }

    private static Path only(String pattern) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(DIRECTORY, pattern)) {
            files.forEach(found::add);
        }
        if (found.size() != 1) {
            throw new IllegalStateException("instead of one " + pattern + " there are " + found);
        }
        return found.getFirst();
    }
}
