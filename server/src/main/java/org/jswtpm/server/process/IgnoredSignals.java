package org.jswtpm.server.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Signals that this process was started with as ignored, by a script that runs it in the background for example. The VM
 * leaves them ignored for ever, and could not be ended by them.
 *
 * <p>As with swtpm SIGTERM and SIGINT always end the process; SIGHUP does not where nohup has asked for that.
 */
public final class IgnoredSignals {
    private static final int INT = 2;
    private static final int TERM = 15;

    private static final String LINE = "\nSigIgn:\t";

    private IgnoredSignals() {}

    /**
     * Becomes the same program once more where one that ends it is ignored, since a VM decides at its start. Nothing may be
     * open yet.
     *
     * @param arguments those of this process behind the program's name
     */
    public static void heed(String[] arguments) throws IOException {
        if (isOneIgnored()) {
            OwnCommand command = OwnCommand.of(arguments);
            LinuxCalls.becomeDefault(INT, TERM);
            LinuxCalls.exec(command.program(), command.words(), LinuxCalls.environment());
        }
    }

    private static boolean isOneIgnored() throws IOException {
        String status;
        try {
            status = Files.readString(Path.of("/proc/self/status"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            // no /proc here
            return LinuxCalls.isIgnored(INT) || LinuxCalls.isIgnored(TERM);
        }
        int start = status.indexOf(LINE) + LINE.length();
        long ignored = Long.parseUnsignedLong(status, start, status.indexOf('\n', start), 16);
        return (ignored & (1L << INT - 1 | 1L << TERM - 1)) != 0;
    }
}
