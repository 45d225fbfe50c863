package org.jswtpm.store.medium;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jswtpm.store.FileOptions;
import org.jswtpm.store.StateName;
import org.jswtpm.store.StoreException;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Headers of a linear file that lead swtpm 0.11 out of its memory; the reports are named in docs/security.md. */
class LinearReportsTest {
    private static final int FIRST_SLOT = 12;
    private static final int SLOT_SIZE = 12;
    private static final byte[] CONTENTS = new byte[100];

    @TempDir
    Path directory;

    /**
     * The first slot is the permanent state at 192, the second one the volatile state behind it; each with a section of 128 octets
     * and 100 octets of data.
     */
    @ParameterizedTest(name = "{0}: slot {1}, {2} {3} {4}")
    @CsvSource({
        // a sum that wraps around reads before the mapping; an offset is written to without a look
        "swtpm#1170, 0, ffffffff, 1, 80",
        "swtpm#1170, 0, fffffff0, 64, 80",
        "swtpm#1170, 0, 10, 64, 80",
        "swtpm#1170, 0, 40000000, 64, 80",
        "swtpm#1170, 0, c0, ffffffff, ffffffff",
        // what is behind a deleted section is moved by lengths and offsets of the header
        "swtpm#1172, 0, c0, 64, ffffff40",
        "swtpm#1172, 1, 7fffffff, 64, 80",
        "swtpm#1172, 0, c0, 64, 7fffffff",
        // a new section behind one that ends at the end of 32 bits
        "swtpm#1173, 1, ffffff7f, 64, 80",
        "swtpm#1173, 1, 140, 64, fffffebf",
        // a section that is longer than what is before the next one, whose offset then becomes negative
        "swtpm#1174, 0, c0, 64, 200",
        "swtpm#1174, 1, c0, 64, 80",
        // found here: what has no length lets new contents in where it is, and the store cannot be read then
        "no contents, 1, 140, 0, 80",
        "no contents, 1, 140, 0, 0",
        "swtpm#1179, 0, ffffffff, ffffffff, ffffffff"
    })
    void refusesTheHeaderAndChangesNothing(String report, int slot, String offset, String length, String section)
            throws IOException {
        Path file = directory.resolve("store");
        try (LinearMedium medium = new LinearMedium(FileOptions.of(file))) {
            medium.write(StateName.PERMALL, CONTENTS);
            medium.write(StateName.VOLATILESTATE, CONTENTS);
        }
        byte[] crafted = Files.readAllBytes(file);
        ByteBuffer.wrap(crafted)
                .order(ByteOrder.LITTLE_ENDIAN)
                .position(FIRST_SLOT + slot * SLOT_SIZE)
                .putInt(Integer.parseUnsignedInt(offset, 16))
                .putInt(Integer.parseUnsignedInt(length, 16))
                .putInt(Integer.parseUnsignedInt(section, 16));
        Files.write(file, crafted);
        try (LinearMedium medium = new LinearMedium(FileOptions.of(file))) {
            for (StateName name : StateName.values()) {
                assertThrows(StoreException.class, () -> medium.read(name), report);
                assertThrows(StoreException.class, () -> medium.write(name, CONTENTS), report);
                assertThrows(StoreException.class, () -> medium.delete(name), report);
            }
        }
        assertArrayEquals(crafted, Files.readAllBytes(file), report);
    }
}
