package org.jswtpm.server.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Memory that this process holds and does not use: dead objects, what the C library keeps of freed memory, and pages of the
 * VM's own files that only its start needed. Used by one thread.
 */
public final class UnusedMemory {
    private static final Path MAPPINGS = Path.of("/proc/self/smaps");
    private static final int MADV_DONTNEED = 4;
    private static final int MADV_NOHUGEPAGE = 15;

    /** Null where the C library is not glibc. */
    private final WordCall trim = WordCall.find("malloc_trim").orElse(null);

    private final WordCall advise;
    private final CleanMappings mappings;

    /** Looks where the VM's files are mapped; they stay there as long as the process. */
    public UnusedMemory() throws IOException {
        advise = WordCall.find("madvise").orElseThrow(() -> new IOException("madvise is not to be had"));
        mappings = CleanMappings.of(read());
        for (int i = 0; i < mappings.count(); i++) {
            // with huge pages the next octet that is needed would bring two megabytes back
            advise.call(mappings.start(i), mappings.length(i), MADV_NOHUGEPAGE);
        }
    }

    private static String read() {
        try {
            return Files.readString(MAPPINGS, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return ""; // no /proc here, or no descriptor left, or not allowed: the rest can be given back all the same
        }
    }

    /** Gives it back to the kernel. Whoever needs a page of a file again finds it in the kernel's cache, or in the file. */
    public void giveBack() throws IOException {
        System.gc();
        if (trim != null) {
            trim.call(0, 0, 0);
        }
        for (int i = 0; i < mappings.count(); i++) {
            advise.call(mappings.start(i), mappings.length(i), MADV_DONTNEED);
        }
    }
}
