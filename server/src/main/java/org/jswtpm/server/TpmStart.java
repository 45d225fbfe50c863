package org.jswtpm.server;

import java.io.IOException;
import org.jswtpm.engine.Tpm;
import org.jswtpm.server.cli.Settings;
import org.jswtpm.server.log.Log;
import org.jswtpm.server.platform.TpmHost;
import org.jswtpm.server.storage.Storage;
import org.jswtpm.store.StateStore;

/** What is made while the sockets are opened: the state store, and a TPM that is off. */
final class TpmStart implements Runnable {
    private final Settings settings;
    private final TpmServer.TpmMaker maker;
    private final Log log;
    private volatile StateStore store;
    private volatile Tpm tpm;
    private volatile IOException failure;

    TpmStart(Settings settings, TpmServer.TpmMaker maker, Log log) {
        this.settings = settings;
        this.maker = maker;
        this.log = log;
    }

    @Override
    public void run() {
        try {
            store = Storage.open(settings, log);
            tpm = maker.make(settings.version(), new TpmHost(store, settings.version(), log));
        } catch (IOException e) {
            failure = e;
        } catch (RuntimeException | Error e) {
            log.fault("start", e);
        }
    }

    /** The TPM, once {@code starter}, which runs this, has ended. */
    Tpm await(Thread starter) throws IOException {
        try {
            starter.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (failure != null) {
            throw failure;
        }
        if (tpm == null) {
            throw new IOException("Error: The TPM engine does not start.");
        }
        return tpm;
    }

    /** The store, after {@link #await}; null where the user named no place for state. */
    StateStore store() {
        return store;
    }
}
