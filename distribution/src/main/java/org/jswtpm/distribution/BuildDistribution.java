package org.jswtpm.distribution;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Builds the distribution from the class path it runs with.
 *
 * <p>Arguments: the directory with the launcher's sources, a directory for what is needed on the way, and the directory
 * of the result. Does nothing if the result was made from the same inputs.
 */
final class BuildDistribution {
    private BuildDistribution() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        Path launcher = Path.of(args[0]);
        Path work = Path.of(args[1]);
        Path output = Path.of(args[2]);
        List<Path> jars = classPath();
        Fingerprint fingerprint = Fingerprint.of(jars, launcher);
        if (fingerprint.isThatOf(output, work)) {
            return;
        }
        Tree.delete(work);
        Path modules = Files.createDirectories(work.resolve("modules"));
        for (Path jar : jars) {
            LibraryModule.link(jar, modules);
        }
        Path image = work.resolve("jswtpm");
        RuntimeImage.link(modules, image.resolve("runtime"));
        List<Program> programs = Program.of(launcher);
        Programs.install(programs, launcher, image);
        NativeLibrary.install(jars, image.resolve("lib"));
        Training.run(programs, image, work);
        Tree.openToAll(image);
        Tree.delete(output);
        Files.move(image, output);
        fingerprint.keep(work);
    }

    private static List<Path> classPath() {
        List<Path> jars = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            jars.add(Path.of(entry));
        }
        return jars;
    }
}
