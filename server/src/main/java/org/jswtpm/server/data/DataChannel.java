package org.jswtpm.server.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import org.jswtpm.server.log.FailureReason;
import org.jswtpm.server.log.Log;
import org.jswtpm.server.platform.Platform;
import org.jswtpm.server.process.Ending;
import org.jswtpm.server.socket.Clients;
import org.jswtpm.server.socket.Connection;
import org.jswtpm.server.socket.Listener;
import org.jswtpm.server.socket.ReceivedDescriptor;

/** Takes TPM commands from the one data connection and sends the responses. */
public final class DataChannel {
    /** How long a client that closed its old connection and sets a new one may be ahead of us. */
    private static final long HANG_UP_MILLIS = 100;

    private static final int MAX_RESPONSE = 16 * 1024;
    private static final int PREFIX_AND_TRAILER = 8;

    private static final int MEMORY_TRIES = 1000;
    private static final long MEMORY_NANOS = 10_000_000;

    private final Platform platform;
    private final Ending ending;
    private final Log log;
    private final boolean endWithConnection;
    private final boolean disconnect;
    private boolean occupied;
    /** Those of the one connection, and of the next one: nobody can free a direct buffer. Null before the first. */
    private ByteBuffer in;

    private ByteBuffer out;

    /**
     * @param endWithConnection whether the process ends when the connection is gone: {@code --terminate}
     * @param disconnect whether the connection is closed after each response
     */
    public DataChannel(Platform platform, boolean endWithConnection, boolean disconnect, Ending ending, Log log) {
        this.platform = platform;
        this.endWithConnection = endWithConnection;
        this.disconnect = disconnect;
        this.ending = ending;
        this.log = log;
    }

    /** Serves the clients of a listening socket, one after the other, until the process ends. */
    public void serve(Listener listener) {
        synchronized (this) {
            occupied = true;
        }
        start(new Acceptor(listener), "data server");
    }

    /** Whether {@link #adopt} may take a connection; waits a little for a client that is just hanging up. */
    public synchronized boolean isFree() {
        long start = System.nanoTime();
        long rest = HANG_UP_MILLIS;
        try {
            while (occupied && rest > 0) {
                wait(rest);
                rest = HANG_UP_MILLIS - (System.nanoTime() - start) / 1_000_000;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !occupied;
    }

    /** Makes the descriptor of CMD_SET_DATAFD the data connection; false if there is one already, or no way to serve it. */
    public boolean adopt(ReceivedDescriptor descriptor) {
        synchronized (this) {
            if (occupied) {
                return false;
            }
            occupied = true;
        }
        Connection connection = null;
        boolean adopted = false;
        try {
            connection = descriptor.connect();
            start(new Adopted(connection), "data connection");
            adopted = true;
        } catch (IOException | OutOfMemoryError e) {
            log.say("Error: The data connection cannot be served: " + e.getMessage());
        } finally {
            if (!adopted) {
                if (connection != null) {
                    connection.close();
                }
                release();
            }
        }
        return adopted;
    }

    private static void start(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Serves one connection until it ends. */
    private void serve(Connection connection) {
        try {
            prepareBuffers();
            CommandReader reader = new CommandReader(connection, in);
            boolean more = true;
            while (more) {
                byte[] command = next(reader);
                more = command != null && !disconnect;
                if (command != null) {
                    if (!platform.ensureLocked()) {
                        ending.end(0);
                        return;
                    }
                    answer(reader.prefixLocality(), command);
                    connection.write(out);
                    Wiping.wipe(out);
                }
            }
            log.say("Data client disconnected");
        } catch (IOException e) {
            log.say("Data client lost: " + FailureReason.of(e));
        } catch (RuntimeException | Error e) {
            log.fault("service of the data channel", e);
        } finally {
            connection.close();
            wipeBuffers();
        }
        if (endWithConnection) {
            ending.end(0);
        }
    }

    private void prepareBuffers() {
        if (in == null) {
            in = ByteBuffer.allocateDirect(
                    CommandReader.bufferSize(platform.bufferSize().max()));
            out = ByteBuffer.allocateDirect(MAX_RESPONSE + PREFIX_AND_TRAILER);
        }
    }

    private void wipeBuffers() {
        if (out != null) {
            Wiping.wipe(in.clear());
            Wiping.wipe(out.clear());
        }
    }

    /** The next command. Where there is no memory for it, it is waited for: a guest does not connect again. */
    private static byte[] next(CommandReader reader) throws IOException {
        for (int i = 0; i < MEMORY_TRIES; i++) {
            try {
                return reader.next();
            } catch (OutOfMemoryError e) {
                LockSupport.parkNanos(MEMORY_NANOS);
            }
        }
        return reader.next();
    }

    /**
     * A command with a TCG prefix is answered with its size before and four zeros behind the response. Both hold
     * authorization values and keys in clear, as far as the guest does not encrypt them, so no copy is left behind.
     */
    private void answer(int prefixLocality, byte[] command) {
        if (prefixLocality >= 0) {
            platform.setPrefixLocality(prefixLocality);
        }
        byte[] response = platform.execute(command);
        out.clear();
        if (prefixLocality >= 0) {
            out.putInt(response.length).put(response).putInt(0);
        } else {
            out.put(response);
        }
        out.flip();
        Arrays.fill(command, (byte) 0);
        Arrays.fill(response, (byte) 0);
    }

    private synchronized void release() {
        occupied = false;
        notifyAll();
    }

    private final class Adopted implements Runnable {
        private final Connection connection;

        Adopted(Connection connection) {
            this.connection = connection;
        }

        @Override
        public void run() {
            try {
                serve(connection);
            } finally {
                release();
            }
        }
    }

    private final class Acceptor implements Runnable {
        private final Listener listener;

        Acceptor(Listener listener) {
            this.listener = listener;
        }

        @Override
        public void run() {
            Clients connections = new Clients(listener, log);
            for (Connection next = connections.next(); next != null; next = connections.next()) {
                serve(next);
            }
        }
    }
}
