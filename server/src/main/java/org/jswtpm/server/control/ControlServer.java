package org.jswtpm.server.control;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jswtpm.server.data.DataChannel;
import org.jswtpm.server.log.Log;
import org.jswtpm.server.platform.Platform;
import org.jswtpm.server.process.Ending;
import org.jswtpm.server.socket.Connection;
import org.jswtpm.server.socket.Listener;

/** Accepts the clients of the control channel, any number at once. */
public final class ControlServer implements Runnable {
    private final Listener listener;
    private final boolean endWithLastClient;
    private final ControlCommands commands;
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
        this.ending = ending;
        this.log = log;
    }

    /** Accepts clients until the process ends. */
    @Override
    public void run() {
        try {
            while (!ending.hasBegun()) {
                Connection connection = listener.accept();
                ControlClient client = new ControlClient(connection, this, commands, log);
                synchronized (clients) {
                    clients.add(client);
                }
                Thread thread = new Thread(client, "control client");
                thread.setDaemon(true);
                thread.start();
            }
        } catch (IOException e) {
            if (!ending.hasBegun()) {
                log.fail("Error: The control channel cannot be served any more: " + e.getMessage());
                ending.end(1);
            }
        }
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
