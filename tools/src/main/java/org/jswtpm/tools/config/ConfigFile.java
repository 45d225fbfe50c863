package org.jswtpm.tools.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A configuration file: lines {@code name = value}; a value ends at {@code #}, and <code>${NAME}</code> is replaced. */
public final class ConfigFile {
    private static final String ENVIRONMENT = "env:";

    private final List<String> lines;

    private ConfigFile(List<String> lines) {
        this.lines = lines;
    }

    /** Reads a file. What is not UTF-8, such as a comment in an older encoding, keeps nobody from the rest. */
    public static ConfigFile read(Path file) throws IOException {
        return new ConfigFile(lines(file));
    }

    /** The lines of a file; what follows a zero in a line is no part of it, as in C. */
    public static List<String> lines(Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line : new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\n")) {
            int zero = line.indexOf(0);
            lines.add(zero < 0 ? line : line.substring(0, zero));
        }
        return lines;
    }

    /**
     * Where a file of this name is: in the user's directory, or else in {@code /etc}, also if it is in neither.
     *
     * @param name the file's name
     */
    public static Path find(String name) {
        Path user = userDirectory().resolve(name);
        return Files.isReadable(user) ? user : Path.of("/etc", name);
    }

    /** {@code $XDG_CONFIG_HOME}, or else {@code $HOME/.config}. */
    public static Path userDirectory() {
        String directory = System.getenv("XDG_CONFIG_HOME");
        if (directory != null && !directory.isEmpty()) {
            return Path.of(directory);
        }
        String home = System.getenv("HOME");
        return Path.of(home == null ? System.getProperty("user.home") : home, ".config");
    }

    /** The first value of this name; null where there is none. */
    public String get(String name) {
        for (String line : lines) {
            if (line.startsWith(name)) {
                String rest = line.substring(name.length()).stripLeading();
                if (rest.startsWith("=")) {
                    int comment = rest.indexOf('#');
                    return resolve(rest.substring(1, comment < 0 ? rest.length() : comment)
                            .strip());
                }
            }
        }
        return null;
    }

    /** The variables that lines {@code env:NAME=value} set; a value is taken as it is, up to the end of its line. */
    public Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        for (String line : lines) {
            int equals = line.indexOf('=');
            if (line.startsWith(ENVIRONMENT) && equals > 0) {
                String name = line.substring(ENVIRONMENT.length(), equals).strip();
                environment.put(name, line.substring(equals + 1).stripLeading());
            }
        }
        return environment;
    }

    /** Replaces <code>${NAME}</code> by variables of the environment, of which missing ones are empty. */
    static String resolve(String text) {
        StringBuilder resolved = new StringBuilder();
        int position = 0;
        while (true) {
            int start = text.indexOf("${", position);
            int end = start < 0 ? -1 : text.indexOf('}', start);
            if (end < 0) {
                return resolved.append(text, position, text.length()).toString();
            }
            String value = System.getenv(text.substring(start + 2, end));
            resolved.append(text, position, start).append(value == null ? "" : value);
            position = end + 1;
        }
    }
}
