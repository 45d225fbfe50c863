package org.jswtpm.systemtest;

import static org.jswtpm.systemtest.environment.DebianPackage.BASH_COMPLETION;
import static org.jswtpm.systemtest.environment.DebianPackage.MANDOC;
import static org.jswtpm.systemtest.environment.DebianPackage.MAN_DB;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jswtpm.systemtest.environment.BuiltPackages;
import org.jswtpm.systemtest.environment.Needs;
import org.jswtpm.systemtest.process.ChildProcess;
import org.jswtpm.systemtest.process.Completed;
import org.jswtpm.systemtest.process.Swtpm;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The manual pages and bash completions tell of what the programs know, and of nothing else. */
class ManualsIT {
    private static final Pattern OPTION = Pattern.compile("(?<![\\w<-])--?[A-Za-z][\\w-]*");
    /** Programs whose options have but one name, which may be short. */
    private static final Set<String> TERSE = Set.of("swtpm_ioctl", "swtpm_bios");

    @TempDir
    private static Path directory;

    @BeforeAll
    static void unpack() throws Exception {
        run("dpkg-deb", "--extract", BuiltPackages.debianPackage().toString(), directory.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"swtpm", "swtpm_setup", "swtpm_localca", "swtpm_cert", "swtpm_ioctl", "swtpm_bios"})
    @Needs(MANDOC)
    void pageNamesEveryOption(String program) throws Exception {
        String text = run("mandoc", "-T", "ascii", page(program)).stdout().replaceAll(".\b", "");
        Matcher section =
                Pattern.compile("\nOPTIONS\n(.*?)\n(?=[A-Z])", Pattern.DOTALL).matcher(text);
        assertTrue(section.find(), text);
        Set<String> told = options(section.group(1));
        Set<String> known = options(help(program));
        told.removeAll(untold(program));
        assertEquals(known, told);
    }

    @ParameterizedTest
    @ValueSource(strings = {"swtpm", "swtpm_setup", "swtpm_localca", "swtpm_cert", "swtpm_ioctl", "swtpm_bios"})
    @Needs(BASH_COMPLETION)
    void bashCompletesEveryOption(String program) throws Exception {
        Set<String> completed = new TreeSet<>(complete(program, "-"));
        if (program.equals("swtpm")) {
            completed.addAll(complete(program, "socket", "-"));
            completed.addAll(complete(program, "chardev", "-"));
        }
        completed.removeAll(untold(program));
        Set<String> known = options(help(program));
        if (!TERSE.contains(program)) {
            known.removeIf(option -> !option.startsWith("--"));
        }
        assertEquals(known, completed);
    }

    @Test
    @Needs(BASH_COMPLETION)
    void bashCompletesWhatIsInsideAnOption() throws Exception {
        Files.createFile(directory.resolve("swtpm-sock"));
        String path = directory.resolve("swtpm-so").toString();
        assertEquals(List.of("unixio", "tcp"), complete("swtpm", "socket", "--ctrl", "type="));
        assertEquals(List.of("unixio,mode="), complete("swtpm", "socket", "--ctrl", "type=unixio,mo"));
        assertEquals(List.of(path + "ck"), complete("swtpm", "socket", "--ctrl", "type=unixio,path=" + path));
        assertEquals(List.of("secp256r1", "secp384r1", "secp521r1"), complete("swtpm_cert", "--ecc-curveid", ""));
    }

    @Test
    @Needs({MANDOC, MAN_DB})
    void pagesAreWellFormed() throws Exception {
        for (Path page : pages()) {
            Completed checked = run("mandoc", "-T", "lint", "-W", "warning", page.toString());
            assertEquals("", checked.stdout() + checked.stderr());
            Completed shown = run("man", "--warnings", "--local-file", page.toString());
            assertEquals("", shown.stderr());
            assertTrue(shown.stdout().contains("SEE ALSO"), page::toString);
        }
    }

    private static List<Path> pages() throws Exception {
        try (var files = Files.list(directory.resolve("usr/share/man/man8"))) {
            return files.sorted().toList();
        }
    }

    private static String page(String program) {
        return directory.resolve("usr/share/man/man8/" + program + ".8.gz").toString();
    }

    private static String help(String program) throws Exception {
        String path = Swtpm.underTest().executable().resolveSibling(program).toString();
        String option = program.equals("swtpm_bios") ? "-h" : "--help";
        Completed help = ChildProcess.run(directory, Map.of(), List.of(path, option));
        String text = help.stdout() + help.stderr();
        return program.equals("swtpm")
                ? text
                        + run(path, "socket", option).stdout()
                        + run(path, "chardev", option).stdout()
                : text;
    }

    /** What a program takes without telling of it. */
    private static Set<String> untold(String program) {
        return switch (program) {
            case "swtpm_setup" -> Set.of("--tpmstate", "--no-iak");
            case "swtpm_cert" -> Set.of("-h");
            default -> Set.of();
        };
    }

    private static Set<String> options(String text) {
        Matcher matcher = OPTION.matcher(text);
        Set<String> options = new TreeSet<>();
        while (matcher.find()) {
            options.add(matcher.group());
        }
        return options;
    }

    /** What bash offers for the last of some words. */
    private static List<String> complete(String... line) throws Exception {
        String program = line[0];
        List<String> words = new ArrayList<>();
        for (String argument : line) {
            words.addAll(List.of(argument.split("(?<=[=:])(?![=:])|(?<![=:])(?=[=:])"))); // as readline does
        }
        String quoted = words.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
        String script = ". /usr/share/bash-completion/bash_completion\n. "
                + directory.resolve("usr/share/bash-completion/completions/" + program) + "\nCOMP_WORDS=(" + quoted
                + "); COMP_CWORD=" + (words.size() - 1) + "; COMP_LINE='" + String.join(" ", line)
                + "'; COMP_POINT=${#COMP_LINE}\n_" + program + "; printf '%s\\n' \"${COMPREPLY[@]}\"";
        return run("bash", "-c", script).stdout().lines().toList();
    }

    private static Completed run(String... command) throws Exception {
        return ChildProcess.run(directory, Map.of("MANPAGER", "cat"), List.of(command))
                .requireSuccess();
    }
}
