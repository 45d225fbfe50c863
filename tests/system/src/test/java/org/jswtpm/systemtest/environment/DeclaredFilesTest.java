package org.jswtpm.systemtest.environment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What tests take from the machine is declared. Programs without a path are found by the PATH, which has no others. */
class DeclaredFilesTest {
    private static final Path ROOT = Path.of(System.getProperty("jswtpm.root"));
    /** All files of the packages of the list, and of those that they depend on. */
    private static final Path DECLARED = ROOT.resolve("target/test-programs/.files");

    private static final Pattern PATH =
            Pattern.compile("(?<![\\w}/.])/(?:usr|lib|lib64|bin|sbin|boot|opt)/[\\w./+-]*[\\w]");
    /** The other modules say themselves what they miss. */
    private static final Set<String> OF_OTHER_MODULES = Set.of("tshark", "libp11-kit0");

    @Test
    void everyPackageOfTheListIsAskedForBySomeTest() {
        Set<String> packages = new TreeSet<>(PackageList.files().keySet());
        packages.removeAll(OF_OTHER_MODULES);
        Set<String> known = new TreeSet<>();
        for (DebianPackage each : DebianPackage.values()) {
            known.add(each.packageName());
        }
        assertEquals(known, packages);
    }

    @Test
    void everyFileThatATestNamesIsOfADeclaredPackage() throws IOException {
        assumeTrue(Files.exists(DECLARED), "not a Debian");
        Set<String> declared = new HashSet<>(Files.readAllLines(DECLARED));
        Set<String> undeclared = new TreeSet<>();
        for (Path source : sources()) {
            Matcher names = PATH.matcher(Files.readString(source));
            while (names.find()) {
                if (Files.isRegularFile(Path.of(names.group())) && !isDeclared(names.group(), declared)) {
                    undeclared.add(names.group() + " in " + ROOT.relativize(source));
                }
            }
        }
        assertEquals(Set.of(), undeclared, "files of packages that are not on etc/test-packages.list");
    }

    /** Packages may name a file of /usr/bin as one of /bin. */
    private static boolean isDeclared(String file, Set<String> declared) throws IOException {
        String target = Path.of(file).toRealPath().toString();
        return Stream.of(file, target)
                .flatMap(name -> Stream.of(name, name.replaceFirst("^/usr", ""), "/usr" + name))
                .anyMatch(declared::contains);
    }

    private static List<Path> sources() throws IOException {
        List<Path> sources = new ArrayList<>();
        Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                String name = directory.getFileName().toString();
                return name.equals("target") || name.startsWith(".")
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.toString().matches(".*/src/test/.*\\.(java|sh)")) {
                    sources.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return sources;
    }
}
