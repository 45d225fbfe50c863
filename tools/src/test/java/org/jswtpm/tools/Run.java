package org.jswtpm.tools;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** A program that was run in this process: its exit status and what it printed. */
public record Run(int status, String out, String err) {
    /** The program's entry. */
    @FunctionalInterface
    public interface Entry {
        int run(String[] words, PrintStream out, PrintStream err);
    }

    public static Run of(Entry program, String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = program.run(words, print(out), print(err));
        return new Run(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static PrintStream print(ByteArrayOutputStream octets) {
        return new PrintStream(octets, true, StandardCharsets.UTF_8);
    }
}
