package org.jswtpm.tools.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InheritedDescriptorTest {
    @TempDir
    private Path directory;

    /** A file that is opened anew begins at its beginning: where the descriptor stands shows that it is used itself. */
    @Test
    void readsTheDescriptorItself() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "12345678");
        try (FileInputStream in = new FileInputStream(file.toFile())) {
            in.readNBytes(3);
            assertEquals("45", read(numberOf(file), 2));
            assertEquals("678", read(numberOf(file), 100));
            assertEquals("", read(numberOf(file), 100));
        }
    }

    @Test
    void refusesWhatIsNotOpen() {
        assertThrows(IOException.class, () -> InheritedDescriptor.read(12345, 1));
    }

    private static String read(int number, int limit) throws IOException {
        return new String(InheritedDescriptor.read(number, limit), StandardCharsets.US_ASCII);
    }

    private static int numberOf(Path file) throws IOException {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path descriptor : descriptors) {
                if (Files.exists(descriptor) && Files.isSameFile(descriptor, file)) {
                    return Integer.parseInt(descriptor.getFileName().toString());
                }
            }
        }
        throw new AssertionError("no descriptor of " + file);
    }
}
