package org.jswtpm.systemtest.guest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jswtpm.systemtest.process.ChildProcess;

/** Programs of this machine that a guest runs, with their libraries. */
final class GuestPrograms {
    private static final Path ROOT = Path.of("/");

    private final TreeSet<Path> files = new TreeSet<>();

    /** Adds a program or a library, and what ldd(1) says that it needs. */
    void add(Path file) throws IOException, InterruptedException {
        files.add(file);
        String libraries = ChildProcess.run(ROOT, Map.of(), List.of("ldd", file.toString()))
                .stdout(); // nothing, and a failure, for what is no program
        for (String line : libraries.split("\n")) {
            int path = line.indexOf('/');
            int end = line.indexOf(" (", path);
            if (path >= 0 && end >= 0) {
                files.add(Path.of(line.substring(path, end)));
            }
        }
    }

    /** Copies them, each under its own path. */
    void copyTo(CpioArchive archive) throws IOException {
        TreeSet<Path> directories = new TreeSet<>();
        for (Path file : files) {
            for (Path parent = file.getParent(); !parent.equals(ROOT); parent = parent.getParent()) {
                directories.add(parent);
            }
        }
        directories.forEach(
                directory -> archive.directory(ROOT.relativize(directory).toString()));
        for (Path file : files) {
            archive.file(ROOT.relativize(file).toString(), Files.readAllBytes(file));
        }
    }
}
