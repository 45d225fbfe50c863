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
    /** What some hundred short commands allocate: a client that asks for a little now and then need not wait for pages each time. */
    private static final long WORTHWHILE = 512 * 1024;

    /** Null where the C library is not glibc. */
    private final WordCall trim = WordCall.find("malloc_trim").orElse(null);

    private final WordCall advise;
    private final CleanMappings mappings;
    private final Runtime runtime = Runtime.getRuntime();
    /** What of the heap was in use when something was given back last. */
    private long left;

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

    /**
     * Gives it back to the kernel, if enough was allocated since the last time. Whoever needs a page of a file again finds it in the
     * kernel's cache, or in the file.
     */
    public void giveBack() throws IOException {
        if (!isWorthwhile(used(), left)) {
            return;
        }
        System.gc();
        left = used();
        if (trim != null) {
            trim.call(0, 0, 0);
        }
        for (int i = 0; i < mappings.count(); i++) {
            advise.call(mappings.start(i), mappings.length(i), MADV_DONTNEED);
        }
    }

    static boolean isWorthwhile(long used, long left) {
        return used - left >= WORTHWHILE;
    }

    private long used() {
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
