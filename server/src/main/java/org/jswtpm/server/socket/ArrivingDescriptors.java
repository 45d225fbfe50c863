package org.jswtpm.server.socket;

import java.io.File;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jswtpm.server.process.DescriptorMessage;
import org.newsclub.net.unix.AFUNIXSocketChannel;
import org.newsclub.net.unix.FileDescriptorCast;

/** Takes the first descriptor out of a message, and closes all others. */
final class ArrivingDescriptors {
    /** What the library makes of every size but 0, and the descriptors that there is room for in it behind a header of 16. */
    private static final int ANCILLARY_SIZE = 256;

    private static final int MOST_OF_LIBRARY = (ANCILLARY_SIZE - 16) / Integer.BYTES;
    private static final String INFO = "/proc/self/fdinfo/";
    /** The line of /proc/self/fdinfo that counts the descriptors which wait in a Unix socket, since Linux 5.6. */
    private static final String COUNT = "scm_fds:";

    private final AFUNIXSocketChannel channel;
    private final int number;
    private final String infoPath;
    private ReceivedDescriptor first;

    ArrivingDescriptors(AFUNIXSocketChannel channel) throws IOException {
        this.channel = channel;
        this.number = FileDescriptorCast.using(channel.getFileDescriptor()).as(Integer.class);
        this.infoPath = INFO + number;
    }

    /** Reads what fits into {@code target}, all of which has arrived. */
    int receive(ByteBuffer target) throws IOException {
        close();
        int waiting = waiting();
        if (waiting == 0) {
            return channel.read(target);
        }
        // the system call is linked at its first use, which takes as long as half of the daemon's start
        return waiting > 0 && waiting <= MOST_OF_LIBRARY ? byLibrary(target) : bySystemCall(target);
    }

    /** The descriptors that wait to be received, at most; -1 if this cannot be told. */
    private int waiting() {
        byte[] text = new byte[512];
        int length;
        try (FileInputStream info = new FileInputStream(infoPath)) {
            length = info.read(text);
        } catch (IOException e) {
            // A root without /proc tells nothing. In any other this process has no descriptor left to ask with, and so
            // none
            // for what waits: the kernel throws it away. To take it nevertheless would end the connection, as would
            // linking
            // the system call now, and every later attempt at that.
            return new File(INFO).exists() ? 0 : -1;
        }
        String info = new String(text, 0, Math.max(0, length), StandardCharsets.ISO_8859_1);
        int at = info.indexOf(COUNT);
        if (at < 0) {
            return -1;
        }
        int start = at + COUNT.length();
        int end = info.indexOf('\n', start);
        return end < 0 ? -1 : Integer.parseInt(info.substring(start, end).strip());
    }

    private int byLibrary(ByteBuffer target) throws IOException {
        channel.setAncillaryReceiveBufferSize(ANCILLARY_SIZE);
        try {
            return channel.read(target);
        } finally {
            channel.setAncillaryReceiveBufferSize(0);
            keepFirst(channel.getReceivedFileDescriptors());
        }
    }

    private void keepFirst(FileDescriptor[] received) throws IOException {
        try {
            if (received.length > 0) {
                // The library closes what it received together with this connection, or when it finds it unreachable;
                // a duplicate is ours alone.
                first = new ReceivedDescriptor(
                        FileDescriptorCast.duplicating(received[0]).as(FileDescriptor.class));
            }
        } catch (IOException e) {
            // what came took the last that was left: it is as if none had come
            first = null;
        } finally {
            for (FileDescriptor each : received) {
                new FileOutputStream(each).close();
            }
        }
    }

    private int bySystemCall(ByteBuffer target) throws IOException {
        DescriptorMessage message = DescriptorMessage.receive(number, target);
        for (int each : message.descriptors()) {
            ReceivedDescriptor descriptor =
                    new ReceivedDescriptor(FileDescriptorCast.unsafeUsing(each).getFileDescriptor());
            if (first == null) {
                first = descriptor;
            } else {
                descriptor.close();
            }
        }
        return message.length() == 0 ? -1 : message.length();
    }

    /** The first descriptor of the last message; null where there was none. */
    ReceivedDescriptor take() {
        ReceivedDescriptor taken = first;
        first = null;
        return taken;
    }

    /** Closes it if nobody has taken it. */
    void close() throws IOException {
        ReceivedDescriptor left = take();
        if (left != null) {
            left.close();
        }
    }
}
