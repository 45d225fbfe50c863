package org.jswtpm.systemtest.environment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/** The table etc/test-packages.list, by which the build installs what tests need. */
final class PackageList {
    /** The file of each package: a pattern of the shell. */
    private static final Map<String, Path> FILES =
            read(Path.of(System.getProperty("jswtpm.root"), "etc/test-packages.list"));

    private PackageList() {}

    private static Map<String, Path> read(Path table) {
        try {
            return Files.readAllLines(table).stream()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" "))
                    .collect(Collectors.toUnmodifiableMap(words -> words[1], words -> Path.of(words[0])));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file by which a package is known, which must be on the list. */
    static Path fileOf(String packageName) {
        Path file = FILES.get(packageName);
        if (file == null) {
            throw new IllegalStateException(packageName + " is not on etc/test-packages.list");
        }
        return file;
    }

    /** All packages of the list. */
    static Map<String, Path> files() {
        return FILES;
    }
}
