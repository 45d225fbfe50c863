package org.jswtpm.systemtest;

import static org.jswtpm.systemtest.environment.DebianPackage.STRACE;
import static org.jswtpm.systemtest.environment.DebianPackage.SWTPM;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jswtpm.systemtest.environment.Needs;
import org.jswtpm.systemtest.process.ControlChannel;
import org.jswtpm.systemtest.process.Endpoint;
import org.jswtpm.systemtest.process.Swtpm;
import org.jswtpm.systemtest.process.SwtpmProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Unix socket has the mode that was asked for before anybody can connect to it. */
@Needs({STRACE, SWTPM})
class SocketModeIT {
    @TempDir
    private Path directory;

    @Test
    void swtpmSetsItFirst() throws Exception {
        setsItFirst(Swtpm.reference());
    }

    @Test
    void weSetItFirst() throws Exception {
        setsItFirst(Swtpm.underTest());
    }

    private void setsItFirst(Swtpm program) throws Exception {
        Path calls = directory.resolve("calls");
        Path socket = directory.resolve("ctrl");
        List<String> command = List.of(
                "strace",
                "-f",
                "-e",
                "trace=chmod,fchmodat,listen",
                "-o",
                calls.toString(),
                program.executable().toString(),
                "socket",
                "--tpm2",
                "--tpmstate",
                "dir=" + directory,
                "--ctrl",
                "type=unixio,mode=0601,path=" + socket);
        try (SwtpmProcess swtpm = SwtpmProcess.start(directory, command, new Endpoint.Unix(socket));
                ControlChannel control = swtpm.control()) {
            assertEquals(0, control.shutdown());
            swtpm.awaitExit();
        }
        String whenListening = "";
        String mode = "";
        for (String call : Files.readAllLines(calls)) {
            if (call.contains("chmod") && call.contains(socket.toString())) {
                mode = call.replaceAll(".*, (\\d+)\\).*", "$1");
            } else if (call.contains("listen(")) {
                whenListening = mode;
            }
        }
        assertEquals("0601", whenListening);
    }
}
