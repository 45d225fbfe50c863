package org.jswtpm.server.control;

import java.util.ArrayList;
import java.util.List;
import org.jswtpm.server.data.DataChannel;
import org.jswtpm.server.log.Log;
import org.jswtpm.server.platform.Platform;
import org.jswtpm.server.process.Ending;
import org.jswtpm.server.socket.Clients;
import org.jswtpm.server.socket.Connection;
import org.jswtpm.server.socket.Listener;

/** Accepts the clients of the control channel, as many at once as anybody needs. */
public final class ControlServer implements Runnable {
    /** Each has a thread; nobody needs as many. */
    private static final int MAX_CLIENTS = 128;

    private final Listener listener;
    private final boolean endWithLastClient;
    private final ControlCommands commands;
    private final Platform platform;
    private final Ending ending;
    private final Log log;
    private final List<ControlClient> clients = new ArrayList<>();

    /** @param endWithLastClient whether the process ends when no client is left: {@code --ctrl …,terminate} */
    public ControlServer(
            Listener listener,
            boolean endWithLastClient,
            Platform platform,
            DataChannel dataChannel,
            Ending ending,
            Log log) {
        this.listener = listener;
        this.endWithLastClient = endWithLastClient;
        this.commands = new ControlCommands(platform, dataChannel);
        this.platform = platform;
        this.ending = ending;
        this.log = log;
    }

    /** Accepts clients until the process ends. */
    @Override
    public void run() {
        Clients connections = new Clients(listener, log);
        for (Connection next = connections.next(); next != null; next = connections.next()) {
            ControlClient client = new ControlClient(next, this, commands, platform, log);
            if (add(client)) {
                start(client);
            }
        }
    }

    private static void start(ControlClient client) {
        Thread thread = new Thread(client, "control client");
        thread.setDaemon(true);
        try {
            thread.start();
        } catch (OutOfMemoryError e) {
            // no thread to be had: as if it had not been accepted
            client.close();
        }
    }

    private boolean add(ControlClient client) {
        synchronized (clients) {
            if (clients.size() < MAX_CLIENTS) {
                return clients.add(client);
            }
        }
        log.say("Error: There are " + MAX_CLIENTS + " control clients already; another one is turned away.");
        client.close();
        return false;
    }

    void clientHasGone(ControlClient client) {
        boolean last;
        synchronized (clients) {
            clients.remove(client);
            last = clients.isEmpty();
        }
        if (last && endWithLastClient) {
            ending.end(0);
        }
    }

    /** CMD_SHUTDOWN has been answered. */
    void shutDown() {
        ending.end(0);
    }
}
