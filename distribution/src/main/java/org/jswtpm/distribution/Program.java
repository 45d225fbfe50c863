package org.jswtpm.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A program of the distribution: a row of {@code programs}.
 *
 * @param name what users type
 * @param main its module and main class, which gets the name as its first word
 * @param cache the file of its AOT cache in {@code lib}
 * @param options more options of the VM, where {@code $home} stands for the distribution
 */
record Program(String name, String main, String cache, List<String> options) {
    private static final int MAIN = 1;
    private static final int CACHE = 2;
    private static final int OPTIONS = 3;

    /** The rows of {@code programs}. */
    static List<Program> of(Path launcher) throws IOException {
        List<Program> programs = new ArrayList<>();
        for (String line : Files.readAllLines(launcher.resolve("programs"))) {
            if (!line.startsWith("#")) {
                List<String> words = List.of(line.split(" +"));
                programs.add(new Program(
                        words.getFirst(), words.get(MAIN), words.get(CACHE), words.subList(OPTIONS, words.size())));
            }
        }
        return programs;
    }

    /** What starts the VM, under the program's name, which is then that of its process. */
    Path launcherOfVm(Path image) {
        return image.resolve("runtime/bin").resolve(name);
    }

    /**
     * What {@link #launcherOfVm} links to: a copy of {@code java} beside the launcher. libvirt up to 8.0 cuts ten characters
     * off the name of the file that a process runs (meant for " (deleted)"), and expects to find what it started.
     */
    Path executable(Path image) {
        return image.resolve("bin").resolve(name + "-java-exec");
    }

    /** The launcher. */
    String script(String template) {
        StringBuilder quoted = new StringBuilder();
        for (String option : options) {
            quoted.append(" \"").append(option).append('"');
        }
        return template.replace("@PROGRAM@", name)
                .replace("@MAIN@", main)
                .replace("@CACHE@", cache)
                .replace("@OPTIONS@", quoted);
    }

    /** The command line of the launcher, with other options for the cache. */
    List<String> command(Path image, List<String> cacheOptions) {
        List<String> command = new ArrayList<>();
        command.add(launcherOfVm(image).toString());
        command.add("@" + image.resolve("lib/jvm.options"));
        command.addAll(cacheOptions);
        for (String option : options) {
            command.add(option.replace("$home", image.toString()));
        }
        command.addAll(List.of("-m", main, name));
        return command;
    }
}
