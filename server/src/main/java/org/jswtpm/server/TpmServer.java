package org.jswtpm.server;

import java.io.IOException;
import org.jswtpm.engine.Host;
import org.jswtpm.engine.Tpm;
import org.jswtpm.engine.TpmVersion;
import org.jswtpm.server.cli.Settings;
import org.jswtpm.server.cli.Settings.Flags;
import org.jswtpm.server.control.ControlServer;
import org.jswtpm.server.control.Patience;
import org.jswtpm.server.data.DataChannel;
import org.jswtpm.server.log.Log;
import org.jswtpm.server.platform.Idleness;
import org.jswtpm.server.platform.Platform;
import org.jswtpm.server.platform.ResultCode;
import org.jswtpm.server.process.Ending;
import org.jswtpm.server.process.PidFile;
import org.jswtpm.server.record.Recording;
import org.jswtpm.server.socket.Listener;
import org.jswtpm.server.storage.ProfileReader;
import org.jswtpm.store.StateStore;

/** One TPM and its channels, put together as the settings ask for. */
final class TpmServer {
    /** Makes the TPM. */
    interface TpmMaker {
        /** A TPM that is off. */
        Tpm make(TpmVersion version, Host host);
    }

    private final Settings settings;
    private final Patience patience;
    private final Ending ending;
    private final Log log;
    private Listener ctrl;
    private Platform platform;
    private DataChannel dataChannel;

    private TpmServer(Settings settings, Patience patience, Ending ending, Log log) {
        this.settings = settings;
        this.patience = patience;
        this.ending = ending;
        this.log = log;
    }

    /**
     * Opens the sockets, writes the pid file, and starts the TPM where no CMD_INIT is awaited.
     *
     * <p>The sockets listen first: who started the daemon waits for them. Meanwhile the store is opened, which takes its
     * time where a key has to be derived, and the engine's classes are loaded.
     *
     * @throws IOException with a message for the user
     */
    static TpmServer open(Settings settings, TpmMaker maker, Ending ending, Log log) throws IOException {
        return open(settings, maker, Patience.USUAL, ending, log);
    }

    /** {@link #open(Settings, TpmMaker, Ending, Log)}, with another patience with the clients of the control channel. */
    static TpmServer open(Settings settings, TpmMaker maker, Patience patience, Ending ending, Log log)
            throws IOException {
        TpmServer server = new TpmServer(settings, patience, ending, log);
        server.open(maker);
        return server;
    }

    private void open(TpmMaker maker) throws IOException {
        TpmStart start = new TpmStart(settings, maker, log);
        Thread starter = new Thread(start, "engine start");
        starter.start();
        Listener data;
        synchronized (ending) {
            data = openChannels();
        }
        Tpm tpm = start.await(starter);
        StateStore store = start.store();
        if (store != null) {
            ending.register(store);
        }
        boolean backup = store != null && settings.state().backup();
        boolean incoming = settings.migration().incoming();
        TpmVersion version = settings.version();
        platform = new Platform(tpm, version, store, backup, incoming, settings.flags(), settings.localities(), log);
        if (settings.profile() != null) {
            platform.useProfile(ProfileReader.read(settings.profile(), tpm.info(Report.AVAILABLE_PROFILES)));
        }
        if (settings.pcap() != null) {
            Recording recording = Recording.start(settings.pcap());
            ending.register(recording);
            platform.recordTo(recording);
        }
        ending.register(platform);
        startTpm(settings.flags());
        boolean disconnect = settings.server() != null && settings.server().flag();
        dataChannel = new DataChannel(platform, settings.terminate(), disconnect, ending, log);
        if (data != null) {
            dataChannel.serve(data);
        }
    }

    /** Each is registered before the next may fail. */
    private Listener openChannels() throws IOException {
        Listener data = null;
        if (settings.server() != null) {
            data = Listener.ofData(settings.server());
            ending.register(data);
        }
        if (settings.ctrl() != null) { // last: who can reach it takes the daemon for ready
            ctrl = Listener.ofControl(settings.ctrl());
            ending.register(ctrl);
        }
        if (settings.pid() != null) {
            ending.register(PidFile.write(settings.pid()));
        }
        return data;
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

    /** Waits until the TPM gets power for the first time. */
    void awaitPower() throws InterruptedException {
        platform.awaitPower();
    }

    /** When the TPM has been used and is left alone. */
    Idleness idleness() {
        return platform.idleness();
    }

    /** Serves until the process ends. */
    void serve() {
        if (ctrl != null) {
            new ControlServer(ctrl, settings.ctrl().flag(), platform, dataChannel, patience, ending, log).run();
        }
    }
}
