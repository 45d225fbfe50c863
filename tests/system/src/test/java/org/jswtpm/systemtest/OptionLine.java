package org.jswtpm.systemtest;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jswtpm.systemtest.process.ChildProcess;
import org.jswtpm.systemtest.process.Completed;
import org.jswtpm.systemtest.process.Endpoint;
import org.jswtpm.systemtest.process.Swtpm;
import org.jswtpm.systemtest.process.SwtpmProcess;

/**
 * {@code swtpm socket} with its options in one line.
 *
 * @param directory the test's, for which "@" stands in a line
 */
record OptionLine(Swtpm program, Path directory) {
    /** The words of the whole command. */
    List<String> command(String options) {
        List<String> command = new ArrayList<>(List.of(program.executable().toString(), "socket"));
        command.addAll(List.of(options.replace("@", directory + "/").split(" ")));
        return command;
    }

    /** Starts it behind some words, and waits until it listens. */
    SwtpmProcess start(List<String> before, String options, Endpoint control) throws Exception {
        List<String> command = new ArrayList<>(before);
        command.addAll(command(options));
        return SwtpmProcess.start(directory, command, control);
    }

    /** Runs it to its end. */
    Completed run(String options) throws Exception {
        return ChildProcess.run(directory, Map.of(), command(options));
    }

    /** A Unix socket in the directory. */
    Endpoint unix(String name) {
        return new Endpoint.Unix(directory.resolve(name));
    }
}
