package org.jswtpm.systemtest.process;

import java.util.List;

/**
 * A program that has ended.
 *
 * @param command the program and its arguments
 * @param exitCode its exit code
 * @param stdout its standard output
 * @param stderr its standard error
 */
public record Completed(List<String> command, int exitCode, String stdout, String stderr) {
    /** This run, if it ended with zero; otherwise the test fails with all output. */
    public Completed requireSuccess() {
        if (exitCode != 0) {
            throw new AssertionError(
                    "exit code " + exitCode + "\n$ " + String.join(" ", command) + "\n" + stdout + stderr);
        }
        return this;
    }
}
