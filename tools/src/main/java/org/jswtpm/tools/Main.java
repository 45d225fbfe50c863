package org.jswtpm.tools;

import java.util.Arrays;
import org.jswtpm.tools.bios.Bios;
import org.jswtpm.tools.cert.Cert;
import org.jswtpm.tools.ioctl.Ioctl;
import org.jswtpm.tools.localca.Localca;
import org.jswtpm.tools.setup.Setup;

/** The main class of the companion programs. Their launchers give the name of the program as the first word. */
public final class Main {
    private Main() {}

    /**
     * Runs a program.
     *
     * @param args the program's name, and its own arguments
     */
    public static void main(String[] args) {
        int status;
        try {
            status = run(args);
        } catch (Throwable e) {
            // each program tells what befalls it, unless the classes for that cannot be loaded any more
            System.err.println(
                    "There are not enough threads or there is not enough memory: raise the limit of processes"
                            + " (ulimit -u, or pids.max of the cgroup) and that of memory.");
            status = 1;
        }
        System.out.flush();
        // no shutdown hook has anything to do here, and nobody waits for other threads
        Runtime.getRuntime().halt(status);
    }

    private static int run(String[] args) {
        String program = args.length == 0 ? "" : args[0];
        String[] words = args.length == 0 ? args : Arrays.copyOfRange(args, 1, args.length);
        return switch (program) {
            case "swtpm_cert" -> Cert.run(words, System.out, System.err);
            case "swtpm_localca" -> Localca.run(words, System.out, System.err);
            case "swtpm_setup" -> Setup.run(words, System.out, System.err);
            case "swtpm_ioctl" -> Ioctl.run(words, System.out, System.err);
            case "swtpm_bios" -> Bios.run(words, System.out, System.err);
            default -> {
                System.err.println("The first word has to be the name of a program, as the launchers give it.");
                yield 1;
            }
        };
    }
}
