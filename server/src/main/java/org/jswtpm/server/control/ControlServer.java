package org.jswtpm.server.control;

import org.jswtpm.server.data.DataChannel;
import org.jswtpm.server.log.Log;
import org.jswtpm.server.platform.Platform;
import org.jswtpm.server.process.Ending;
import org.jswtpm.server.socket.Clients;
import org.jswtpm.server.socket.Connection;
import org.jswtpm.server.socket.Listener;

/** Accepts the clients of the control channel. */
public final class ControlServer implements Runnable {
    private final Listener listener;
    private final boolean endWithLastClient;
    private final ControlCommands commands;
    private final Platform platform;
    private final Patience patience;
    private final Ending ending;
    private final Log log;
    private final ClientTable clients = new ClientTable();
    private final RequestBuffers buffers = new RequestBuffers();
    private final BlobBudget budget = new BlobBudget();
    private final ClientThreads threads = new ClientThreads();
    /** Null while the data connection came from nobody who is here. */
    private volatile ControlClient dataGiver;

    /**
     * @param endWithLastClient whether the process ends when no client is left: {@code --ctrl …,terminate}
     * @param patience how long clients may take
     */
    public ControlServer(
            Listener listener,
            boolean endWithLastClient,
            Platform platform,
            DataChannel dataChannel,
            Patience patience,
            Ending ending,
            Log log) {
        this.listener = listener;
        this.endWithLastClient = endWithLastClient;
        this.commands = new ControlCommands(platform, dataChannel);
        this.platform = platform;
        this.patience = patience;
        this.ending = ending;
        this.log = log;
    }

    /** Accepts clients until the process ends. */
    @Override
    public void run() {
        Clients connections = new Clients(listener, log);
        for (Connection next = connections.next(); next != null; next = connections.next()) {
            admit(next);
        }
    }

    private void admit(Connection connection) {
        ControlClient client = null;
        boolean served = false;
        try {
            client = new ControlClient(new Exchange(connection, patience), this, commands, log);
            if (clients.add(client)) {
                threads.serve(client);
                served = true;
            } else {
                log.say(" A control client is turned away, since there are too many.");
            }
        } catch (OutOfMemoryError e) {
            log.say(" No thread for a control client: " + e.getClass().getName());
        } finally {
            if (!served) {
                connection.close();
                if (client != null) {
                    // not its end: it never was here
                    clients.remove(client);
                }
            }
        }
    }

    Platform platform() {
        return platform;
    }

    /** CMD_SET_DATAFD of this client has succeeded. */
    void dataConnectionCameFrom(ControlClient client) {
        dataGiver = client;
    }

    /** Whether the data connection came from this client. */
    boolean hasGivenTheDataConnection(ControlClient client) {
        return dataGiver == client;
    }

    RequestBuffers buffers() {
        return buffers;
    }

    BlobBudget budget() {
        return budget;
    }

    void clientHasGone(ControlClient client) {
        if (dataGiver == client) {
            dataGiver = null;
        }
        if (clients.remove(client) && endWithLastClient) {
            ending.end(0);
        }
    }

    /** CMD_SHUTDOWN has been answered. */
    void shutDown() {
        ending.end(0);
    }
}
