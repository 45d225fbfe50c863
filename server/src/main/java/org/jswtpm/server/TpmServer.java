package org.jswtpm.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.jswtpm.engine.Host;
import org.jswtpm.engine.Tpm;
import org.jswtpm.server.cli.Settings;
import org.jswtpm.server.cli.Settings.Endpoint;
import org.jswtpm.server.cli.Settings.Flags;
import org.jswtpm.server.cli.Settings.State;
import org.jswtpm.server.control.ControlServer;
import org.jswtpm.server.data.DataChannel;
import org.jswtpm.server.log.Log;
import org.jswtpm.server.platform.Platform;
import org.jswtpm.server.platform.ResultCode;
import org.jswtpm.server.platform.TpmHost;
import org.jswtpm.server.process.Ending;
import org.jswtpm.server.process.PidFile;
import org.jswtpm.server.socket.Listener;
import org.jswtpm.store.DirectoryOptions;
import org.jswtpm.store.StateKeys;
import org.jswtpm.store.StateStore;

/** One TPM and its channels, put together as the settings ask for. */
final class TpmServer {
    /** Makes the TPM. */
    interface TpmMaker {
        /** A TPM that is off. */
        Tpm make(Host host);
    }

    private final Settings settings;
    private final Ending ending;
    private final Log log;
    private Listener ctrl;
    private Platform platform;
    private DataChannel dataChannel;

    private TpmServer(Settings settings, Ending ending, Log log) {
        this.settings = settings;
        this.ending = ending;
        this.log = log;
    }

    /**
     * Opens the sockets, writes the pid file, and starts the TPM where no CMD_INIT is awaited.
     *
     * <p>The sockets listen first: who started the daemon waits for them. The engine's classes are loaded meanwhile.
     *
     * @throws IOException with a message for the user
     */
    static TpmServer open(Settings settings, TpmMaker maker, Ending ending, Log log) throws IOException {
        TpmServer server = new TpmServer(settings, ending, log);
        server.open(maker);
        return server;
    }

    private void open(TpmMaker maker) throws IOException {
        StateStore store = settings.state() == null ? null : store(settings.state());
        if (store != null) {
            ending.register(store);
        }
        TpmStart start = new TpmStart(maker, new TpmHost(store));
        Thread starter = new Thread(start, "engine start");
        starter.start();
        ctrl = listen(settings.ctrl());
        Listener data = listen(settings.server());
        if (settings.pid() != null) {
            ending.register(PidFile.write(settings.pid()));
        }
        boolean backup = store != null && settings.state().backup();
        platform = new Platform(start.await(starter), store, backup, settings.flags(), settings.localities(), log);
        ending.register(platform);
        startTpm(settings.flags());
        boolean disconnect = settings.server() != null && settings.server().flag();
        dataChannel = new DataChannel(platform, settings.terminate(), disconnect, ending, log);
        if (data != null) {
            dataChannel.serve(data);
        }
    }

    private Listener listen(Endpoint endpoint) throws IOException {
        if (endpoint == null) {
            return null;
        }
        Listener listener = Listener.open(endpoint);
        ending.register(listener);
        return listener;
    }

    private void startTpm(Flags flags) throws IOException {
        if (flags.needInit()) {
            return;
        }
        if (platform.powerOn(false) != ResultCode.SUCCESS) {
            throw new IOException("Error: The TPM does not start.");
        }
        if (flags.startup() != Flags.NO_STARTUP) {
            platform.sendStartup(flags.startup());
        }
    }

    private static StateStore store(State state) {
        DirectoryOptions options = new DirectoryOptions(
                Path.of(state.directory()),
                true,
                state.isModeGiven() ? OptionalInt.of(state.mode()) : OptionalInt.empty(),
                state.lock(),
                state.backup(),
                state.fsync());
        return StateStore.open(options, StateKeys.NONE);
    }

    /** Serves until the process ends. */
    void serve() {
        if (ctrl != null) {
            new ControlServer(ctrl, settings.ctrl().flag(), platform, dataChannel, ending, log).run();
        }
    }

    private static final class TpmStart implements Runnable {
        private final TpmMaker maker;
        private final Host host;
        private volatile Tpm tpm;

        TpmStart(TpmMaker maker, Host host) {
            this.maker = maker;
            this.host = host;
        }

        @Override
        public void run() {
            tpm = maker.make(host);
        }

        Tpm await(Thread starter) throws IOException {
            try {
                starter.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            if (tpm == null) {
                throw new IOException("Error: The TPM engine does not start.");
            }
            return tpm;
        }
    }
}
