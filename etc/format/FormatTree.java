import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import com.palantir.javaformat.java.JavaFormatterOptions.Style;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * Formats every Java source of the tree in one run and keeps each result under the SHA-256 of the text it came from,
 * where {@code format-java} finds it.
 *
 * <p>Arguments: the root of the project, the directory of the results, and one more text to format.
 */
final class FormatTree {
    private static final Formatter FORMATTER = Formatter.createFormatter(
            JavaFormatterOptions.builder().style(Style.PALANTIR).build());

    private final Path results;

    private FormatTree(Path results) {
        this.results = results;
    }

    public static void main(String[] args) throws IOException {
        Path root = Path.of(args[0]);
        FormatTree tree = new FormatTree(Files.createDirectories(Path.of(args[1])));
        List<Path> sources;
        try (Stream<Path> files = Files.walk(root)) {
            sources = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !root.relativize(file).toString().matches("(.*/)?(target|\\.git)/.*"))
                    .toList();
        }
        sources.parallelStream().forEach(tree::format);
        tree.format(Path.of(args[2]));
    }

    private void format(Path source) {
        try {
            String text = Files.readString(source);
            if (Files.exists(resultOf(text))) {
                return;
            }
            String formatted = FORMATTER.formatSourceAndFixImports(text);
            keep(text, formatted);
            keep(formatted, formatted);
        } catch (FormatterException e) {
            System.err.println(source + ": " + e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Another build of the same tree may be at it too: a result appears whole or not at all. */
    private void keep(String text, String formatted) throws IOException {
        Path unfinished = Files.createTempFile(results, "unfinished", null);
        Files.writeString(unfinished, formatted);
        Files.move(unfinished, resultOf(text), StandardCopyOption.ATOMIC_MOVE);
    }

    private Path resultOf(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return results.resolve(HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
