package org.jswtpm.systemtest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jswtpm.systemtest.process.ChildProcess;
import org.jswtpm.systemtest.process.Completed;

/**
 * The programs of the tpm2-tools, without a resource manager.
 *
 * @param directory where they run and leave their files
 * @param tcti how they find the TPM
 */
record Tpm2Tools(Path directory, String tcti) {
    /** Runs {@code tpm2_<command line>}, whose words are separated by blanks. */
    Completed run(String commandLine) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(commandLine.split(" ")));
        command.set(0, "/usr/bin/tpm2_" + command.getFirst());
        return ChildProcess.run(directory, Map.of("TPM2TOOLS_TCTI", tcti), command);
    }

    /** The standard output of a run that must succeed. */
    String output(String commandLine) throws IOException, InterruptedException {
        return run(commandLine).requireSuccess().stdout();
    }

    /** {@link #output} of a run that leaves an object loaded, which is then flushed. */
    String outputAndFlush(String commandLine) throws IOException, InterruptedException {
        String output = output(commandLine);
        output("flushcontext --transient-object");
        return output;
    }
}
