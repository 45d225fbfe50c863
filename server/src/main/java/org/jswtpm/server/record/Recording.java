package org.jswtpm.server.record;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import org.jswtpm.server.cli.Settings.Pcap;
import org.jswtpm.server.file.OwnFile;
import org.jswtpm.server.log.FailureReason;
import org.jswtpm.server.process.DescriptorModes;
import org.jswtpm.server.socket.inherited.InheritedDescriptor;

/**
 * Writes commands and responses to a pcapng file, as one TCP connection. They are recorded as they are, with the secrets
 * in them; nobody but the user may ask for that.
 *
 * <p>It can be used from any thread. What cannot be written is left out: a full disk must not take the TPM away.
 */
public final class Recording implements AutoCloseable {
    private static final int CHUNK = 1024;

    private final FileChannel file;
    private final Conversation conversation;
    /** What is written goes through it and is wiped; the VM's own buffer for arrays would keep it. */
    private final ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK);

    private Recording(FileChannel file, boolean checksums) throws IOException {
        this.file = file;
        this.conversation = new Conversation(checksums);
        write(Conversation.fileHeader());
        write(conversation.open());
    }

    /**
     * Opens the file and writes the beginning of a connection. A symbolic link is not followed.
     *
     * @throws IOException with a message for the user
     */
    public static Recording start(Pcap target) throws IOException {
        FileChannel file = target.file() == null ? openDescriptor(target) : openFile(target);
        return new Recording(file, target.checksums());
    }

    private static FileChannel openFile(Pcap target) throws IOException {
        Path path = Path.of(target.file());
        try {
            OwnFile.requireFileOrNothing(path);
            return new DescriptorModes().openToWrite(path, target.mode(), target.truncate());
        } catch (IOException e) {
            throw new IOException(
                    "Could not open pcap file for writing: " + target.file() + ": " + FailureReason.of(e), e);
        }
    }

    @SuppressWarnings("resource") // the descriptor stays open as long as the process runs
    private static FileChannel openDescriptor(Pcap target) throws IOException {
        FileOutputStream out =
                InheritedDescriptor.of(target.fd(), "the pcap file").output();
        try {
            FileChannel file = out.getChannel();
            if (target.truncate()) {
                file.truncate(0);
            }
            file.position(file.size());
            new DescriptorModes().set(target.fd(), target.mode());
            return file;
        } catch (IOException e) {
            throw new IOException("Could not seek to desired position in pcap file: " + FailureReason.of(e), e);
        }
    }

    /** Records what goes to the TPM. */
    public void command(byte[] command) {
        record(true, command);
    }

    /** Records what comes from the TPM. */
    public void response(byte[] response) {
        record(false, response);
    }

    private synchronized void record(boolean toTpm, byte[] message) {
        if (!file.isOpen()) {
            return;
        }
        byte[] packet = conversation.message(toTpm, message);
        try {
            write(packet);
        } catch (IOException e) {
            // the record has a gap now, which the sequence numbers show
        } finally {
            Arrays.fill(packet, (byte) 0);
        }
    }

    private void write(byte[] octets) throws IOException {
        try {
            for (int at = 0; at < octets.length; at += CHUNK) {
                chunk.clear()
                        .put(octets, at, Math.min(CHUNK, octets.length - at))
                        .flip();
                while (chunk.hasRemaining()) {
                    file.write(chunk);
                }
            }
        } finally {
            chunk.clear().put(new byte[CHUNK]);
        }
    }

    /** Records the end of the connection. */
    @Override
    public synchronized void close() throws IOException {
        try (file) {
            write(conversation.close());
        }
    }
}
