package org.jswtpm.tools.setup;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jswtpm.tools.channel.ChannelException;
import org.jswtpm.tools.channel.TpmAddress;
import org.jswtpm.tools.channel.TpmChannel;
import org.jswtpm.tools.control.ControlClient;
import org.jswtpm.tools.control.ControlException;
import org.jswtpm.tools.control.ControlRequest;
import org.jswtpm.tools.log.Reason;
import org.jswtpm.tools.log.ToolLog;

/** A TPM that another program runs, with swtpm's command line, over Unix sockets in a directory of its own. */
final class ChildTpm implements SetupTpm {
    private static final int HEADER = 10;
    private static final int MAX_RESPONSE = 4096;
    /** How long the program may take to listen, to make a key, and to end. */
    private static final int SECONDS = 300;

    private static final int START_SECONDS = 60;
    private static final int POLL_MILLIS = 5;

    private final Process process;
    private final Path directory;
    private TpmChannel control;
    private TpmChannel data;

    private ChildTpm(Process process, Path directory) {
        this.process = process;
        this.directory = directory;
    }

    /**
     * Starts the program and its TPM.
     *
     * @param program the program and its first arguments
     * @param options more of them
     * @param encryption what it reads its key from
     * @param log where it writes its messages to, if it has a file
     */
    static ChildTpm start(
            List<String> program, List<String> options, StateEncryption encryption, Unfinished unfinished, ToolLog log)
            throws SetupException {
        Path directory = TemporaryDirectory.make("swtpm_setup.tpm.", "sockets", unfinished);
        try {
            List<String> command = new ArrayList<>(program);
            command.addAll(options);
            command.addAll(List.of("--flags", "not-need-init,startup-clear"));
            command.addAll(List.of("--server", "type=unixio,path=" + directory.resolve("data")));
            command.addAll(List.of("--ctrl", "type=unixio,path=" + directory.resolve("control")));
            if (encryption.programOption() != null) {
                command.addAll(List.of("--key", encryption.programOption()));
            }
            ProcessBuilder builder = new ProcessBuilder(command);
            if (log.file() == null) {
                builder.redirectOutput(ProcessBuilder.Redirect.INHERIT).redirectError(ProcessBuilder.Redirect.INHERIT);
            } else {
                command.addAll(List.of("--log", "file=" + log.file()));
                builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.DISCARD);
            }
            ChildTpm child = new ChildTpm(builder.start(), directory);
            unfinished.unlessKept(child::close);
            child.connect(encryption);
            return child;
        } catch (IOException e) {
            throw new SetupException("Could not start swtpm '" + program.getFirst() + "': " + Reason.of(e));
        }
    }

    private void connect(StateEncryption encryption) throws SetupException {
        try (OutputStream input = process.getOutputStream()) {
            input.write(encryption.programInput());
        } catch (IOException e) {
            // it ended at once, which is told below
        }
        try {
            control = connect("control");
            data = connect("data");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SetupException("The set-up was interrupted.");
        } finally {
            if (data == null) {
                close();
            }
        }
    }

    private TpmChannel connect(String name) throws SetupException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (true) {
            try {
                return new TpmAddress.Unix(directory.resolve(name).toString()).connect();
            } catch (ChannelException e) {
                if (process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                    throw new SetupException("swtpm process terminated unexpectedly.\nCould not start the TPM.");
                }
                if (System.nanoTime() > end) {
                    throw new SetupException("swtpm does not listen: " + e.getMessage());
                }
            }
        }
    }

    @Override
    public byte[] execute(byte[] command) throws SetupException {
        try {
            data.write(ByteBuffer.wrap(command));
            ByteBuffer response = ByteBuffer.allocate(MAX_RESPONSE).limit(HEADER);
            data.read(response, SECONDS);
            int size = response.getInt(2);
            if (size < HEADER || size > MAX_RESPONSE) {
                throw new SetupException("Response has a size of " + size + " bytes.");
            }
            response.limit(size);
            if (size > HEADER) {
                data.read(response, SECONDS);
            }
            byte[] octets = new byte[size];
            response.get(0, octets);
            return octets;
        } catch (IOException e) {
            throw new SetupException("Could not receive response from swtpm: " + Reason.of(e));
        }
    }

    @Override
    public String info(long flags) throws SetupException {
        try {
            return new ControlClient(control).info(flags);
        } catch (ControlException e) {
            throw new SetupException(e.getMessage());
        }
    }

    @Override
    public void finish() throws SetupException {
        try {
            new ControlClient(control).request(ControlRequest.PTM_SHUTDOWN);
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                throw new SetupException("swtpm does not end.");
            }
        } catch (ControlException e) {
            throw new SetupException(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SetupException("The set-up was interrupted.");
        }
    }

    /** A program that is still there has not finished. It is gone when this returns: its state is nobody's then. */
    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (TpmChannel channel : new TpmChannel[] {data, control}) {
            if (channel != null) {
                channel.close();
            }
        }
    }
}
