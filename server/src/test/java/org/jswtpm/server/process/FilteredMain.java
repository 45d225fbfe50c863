package org.jswtpm.server.process;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jswtpm.server.cli.Settings.SeccompAction;

/** A program that gives up system calls, and then does what a TPM does not do. */
final class FilteredMain {
    private FilteredMain() {}

    public static void main(String[] args) throws Exception {
        SeccompFilter.install(SeccompAction.valueOf(args[0]));
        Thread allowed = new Thread(() -> System.out.println("a thread runs"));
        allowed.start();
        allowed.join();
        switch (args[1]) {
            case "program" -> new ProcessBuilder("true").start().waitFor();
            case "attribute" -> Files.getAttribute(Path.of("/"), "user:any");
            default -> throw new IllegalArgumentException(args[1]);
        }
        System.out.println("done");
    }
}
