package org.jswtpm.server.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How this program is started once more: by the command line of this VM, or where no /proc tells it by the launcher's.
 *
 * @param program the path of what is run. Its last name is that of the process
 * @param words the command line, from the program's name on
 */
record OwnCommand(String program, byte[][] words) {
    /** @param arguments those of this process behind the program's name */
    static OwnCommand of(String[] arguments) throws IOException {
        byte[][] words;
        try {
            words = split(Files.readAllBytes(Path.of("/proc/self/cmdline")));
        } catch (NoSuchFileException e) {
            return ofLauncher(arguments);
        }
        String first = new String(words[0], StandardCharsets.UTF_8);
        // a first word without a slash was looked for in the PATH
        return new OwnCommand(
                first.indexOf('/') >= 0
                        ? first
                        : Files.readSymbolicLink(Path.of("/proc/self/exe")).toString(),
                words);
    }

    private static OwnCommand ofLauncher(String[] arguments) {
        String launcher = System.getProperty("java.home") + "/../bin/swtpm";
        byte[][] words = new byte[arguments.length + 1][];
        words[0] = launcher.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < arguments.length; i++) {
            words[i + 1] = arguments[i].getBytes(StandardCharsets.UTF_8);
        }
        return new OwnCommand(launcher, words);
    }

    /** The octets between NULs, as they are: words of a command line need not be in any encoding. */
    private static byte[][] split(byte[] joined) {
        List<byte[]> parts = new ArrayList<>();
        ByteArrayOutputStream part = new ByteArrayOutputStream();
        for (byte octet : joined) {
            if (octet == 0) {
                parts.add(part.toByteArray());
                part.reset();
            } else {
                part.write(octet);
            }
        }
        return parts.toArray(new byte[0][]);
    }
}
