package org.jswtpm.distribution;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.spi.ToolProvider;

/**
 * The Java runtime of the distribution. The daemon's own modules are linked into it, not put beside it as jars: the VM
 * compares time stamps and sizes of jars with those that the AOT cache was made with, but not those of its own modules,
 * so the tree can be copied and moved and the cache stays good.
 */
final class RuntimeImage {
    private static final String ROOTS = "org.jswtpm.server,org.jswtpm.tools";

    private RuntimeImage() {}

    static void link(Path modules, Path image) throws IOException {
        StringWriter messages = new StringWriter();
        PrintWriter writer = new PrintWriter(messages);
        int status = ToolProvider.findFirst("jlink").orElseThrow().run(writer, writer, options(modules, image));
        if (status != 0) {
            throw new IOException("jlink: " + messages);
        }
    }

    private static String[] options(Path modules, Path image) {
        return new String[] {
            "--module-path",
            modules.toString(),
            "--add-modules",
            ROOTS,
            "--output",
            image.toString(),
            "--strip-debug",
            "--no-header-files",
            "--no-man-pages"
        };
    }
}
