package org.jswtpm.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jswtpm.engine.Host;
import org.jswtpm.engine.Tpm;
import org.jswtpm.engine.TpmVersion;
import org.jswtpm.engine.Tpms;
import org.jswtpm.options.UsageException;
import org.jswtpm.server.cli.CommandLine;
import org.jswtpm.server.cli.InterfaceType;
import org.jswtpm.server.cli.Settings;
import org.jswtpm.server.control.Patience;
import org.jswtpm.server.log.Log;
import org.jswtpm.server.process.Ending;

/** Our daemon in this VM, with real sockets and a {@link ScriptedTpm} or the real one. */
final class InProcessDaemon implements DaemonUnderTest {
    private final Path directory;
    private final ScriptedTpm tpm = new ScriptedTpm();
    private final CompletableFuture<Integer> status = new CompletableFuture<>();
    private final Ending ending = new Ending(status::complete);
    private final boolean scripted;
    private Patience patience = Patience.USUAL;
    private Host host;

    private InProcessDaemon(Path directory, boolean scripted) {
        this.directory = directory;
        this.scripted = scripted;
    }

    /** Starts {@code swtpm socket --tpm2} with a state directory, a log beside it, and these options. */
    static InProcessDaemon startWithout(Path directory, String... options) throws IOException {
        return start(directory, true, options);
    }

    private static InProcessDaemon start(Path directory, boolean scripted, String... options) throws IOException {
        List<String> words = new ArrayList<>(List.of(options));
        words.add("--tpm2");
        return startAny(directory, scripted, words);
    }

    /** {@link #startEngine} without {@code --tpm2}. */
    static InProcessDaemon startTpm12(Path directory, String... options) throws IOException {
        List<String> words = new ArrayList<>(List.of("--ctrl", "type=unixio,path=" + directory + "/ctrl"));
        words.addAll(List.of(options));
        return startAny(directory, false, words);
    }

    private static InProcessDaemon startAny(Path directory, boolean scripted, List<String> options) throws IOException {
        return startAny(directory, scripted, Patience.USUAL, options);
    }

    private static InProcessDaemon startAny(Path directory, boolean scripted, Patience patience, List<String> options)
            throws IOException {
        List<String> words = new ArrayList<>(
                List.of("--tpmstate", "dir=" + directory, "--log", "file=" + directory + "/log,level=20"));
        words.addAll(options);
        InProcessDaemon daemon = new InProcessDaemon(directory, scripted);
        daemon.patience = patience;
        try {
            Settings settings = CommandLine.parse(InterfaceType.SOCKET, words.toArray(String[]::new), 0, null, null)
                    .settings();
            TpmServer server =
                    TpmServer.open(settings, daemon::make, daemon.patience, daemon.ending, Log.open(settings.log()));
            Thread thread = new Thread(server::serve, "control server");
            thread.setDaemon(true);
            thread.start();
        } catch (UsageException e) {
            throw new IOException(e);
        }
        return daemon;
    }

    /** {@link #startWithout}, with a control channel at {@code directory/ctrl}. */
    static InProcessDaemon start(Path directory, String... options) throws IOException {
        List<String> words = new ArrayList<>(List.of("--ctrl", "type=unixio,path=" + directory + "/ctrl"));
        words.addAll(List.of(options));
        return start(directory, true, words.toArray(String[]::new));
    }

    /** {@link #start(Path, String...)}, with another patience with the clients of the control channel. */
    static InProcessDaemon start(Path directory, Patience patience) throws IOException {
        return startAny(
                directory, true, patience, List.of("--ctrl", "type=unixio,path=" + directory + "/ctrl", "--tpm2"));
    }

    /** {@link #start(Path, String...)}, with the engine instead of a script. */
    static InProcessDaemon startEngine(Path directory, String... options) throws IOException {
        List<String> words = new ArrayList<>(List.of("--ctrl", "type=unixio,path=" + directory + "/ctrl"));
        words.addAll(List.of(options));
        return start(directory, false, words.toArray(String[]::new));
    }

    private Tpm make(TpmVersion version, Host given) {
        host = given;
        return scripted ? tpm : Tpms.create(version, given);
    }

    /** The script behind the channels. */
    ScriptedTpm tpm() {
        return tpm;
    }

    /** What the TPM was given. */
    Host host() {
        return host;
    }

    @Override
    public Path ctrl() {
        return directory.resolve("ctrl");
    }

    @Override
    public Path directory() {
        return directory;
    }

    @Override
    public int awaitEnd() throws InterruptedException {
        try {
            return status.get(60, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("the daemon does not end", e);
        }
    }

    @Override
    public void close() {
        ending.end(0);
    }
}
