package org.jswtpm.server.process;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;

/** {@code --chardev}: a device that TPM commands come from. */
public final class CharacterDevice {
    private static final int O_RDWR = 2;
    private static final int O_NOCTTY = 0x100;
    private static final int O_CLOEXEC = 0x8_0000;

    private CharacterDevice() {}

    /**
     * Opens it for reading and writing, and not as the terminal of this process, should it be one.
     *
     * @return the descriptor
     * @throws IOException with a message for the user
     */
    public static int open(String path) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            return (int) SystemCall.of("open", ValueLayout.ADDRESS, ValueLayout.JAVA_INT)
                    .call(arena.allocateFrom(path), O_RDWR | O_NOCTTY | O_CLOEXEC);
        } catch (IOException e) {
            throw new IOException("Cannot open " + path + ": " + e.getMessage(), e);
        }
    }
}
