package org.jswtpm.tools.ioctl;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jswtpm.options.UsageException;
import org.jswtpm.tools.channel.ChannelException;
import org.jswtpm.tools.channel.TpmChannel;
import org.jswtpm.tools.control.ControlClient;
import org.jswtpm.tools.control.ControlException;
import org.jswtpm.tools.control.ControlRequest;
import org.jswtpm.tools.log.LastResort;
import org.jswtpm.tools.log.Reason;
import org.jswtpm.tools.log.ToolLog;

/** {@code swtpm_ioctl}. */
public final class Ioctl {
    private static final byte[] NOTHING = {};
    private static final int INIT_DELETE_VOLATILE = 1;
    private static final int HASH_CHUNK = 4096;

    private final ControlClient client;
    private final IoctlArguments arguments;
    private final PrintStream out;

    private Ioctl(ControlClient client, IoctlArguments arguments, PrintStream out) {
        this.client = client;
        this.arguments = arguments;
        this.out = out;
    }

    /**
     * Does what the command line says.
     *
     * @return the exit status: 0 when it was done, 1 when not
     */
    public static int run(String[] words, PrintStream out, PrintStream err) {
        try {
            IoctlArguments arguments = IoctlArguments.parse(words);
            if (arguments.command() == IoctlOption.VERSION || arguments.command() == IoctlOption.HELP) {
                out.print(arguments.command() == IoctlOption.HELP ? IoctlTexts.help() : IoctlTexts.version());
                return 0;
            }
            if (arguments.isDevice()) {
                throw UsageException.of(
                        "Control requests to a character device (CUSE) are not supported;" + " use --unix or --tcp.");
            }
            try (TpmChannel channel = arguments.address().connect()) {
                new Ioctl(new ControlClient(channel), arguments, out).execute();
            }
            return 0;
        } catch (UsageException | ChannelException | ControlException e) {
            err.println(e.getMessage());
            return 1;
        } catch (RuntimeException | Error e) {
            return LastResort.tell(e, ToolLog.of(out, err));
        }
    }

    private void execute() throws ControlException {
        switch (arguments.command()) {
            case CAPABILITY -> out.println("ptm capability is " + hex(word(ControlRequest.PTM_GET_CAPABILITY)));
            case INIT -> client.request(ControlRequest.PTM_INIT, uint32(INIT_DELETE_VOLATILE), 0);
            case STOP -> client.request(ControlRequest.PTM_STOP);
            case SHUTDOWN -> client.request(ControlRequest.PTM_SHUTDOWN);
            case ESTABLISHED -> established();
            case RESET_ESTABLISHED -> client.request(ControlRequest.PTM_RESET_TPMESTABLISHED, uint8(), 0);
            case STORE_VOLATILE -> client.request(ControlRequest.PTM_STORE_VOLATILE);
            case CANCEL -> client.request(ControlRequest.PTM_CANCEL_TPM_CMD);
            case LOCALITY -> client.request(ControlRequest.PTM_SET_LOCALITY, uint8(), 0);
            case HASH -> hash();
            case CONFIG -> out.println("ptm configuration flags: " + hex(word(ControlRequest.PTM_GET_CONFIG)));
            case BUFFER_SIZE -> bufferSize();
            case SAVE -> StateBlobs.save(client, arguments.text(), arguments.file());
            case LOAD -> StateBlobs.load(client, arguments.text(), arguments.file());
            case INFO -> out.println(client.info(arguments.number()));
            case LOCK_STORAGE -> client.request(ControlRequest.PTM_LOCK_STORAGE, uint32((int) arguments.number()), 0);
            case TPM_DEVICE, TCP, UNIX, VERSION, HELP -> throw new IllegalStateException();
        }
    }

    private int word(ControlRequest request) throws ControlException {
        return client.request(request, NOTHING, Integer.BYTES).getInt();
    }

    private void established() throws ControlException {
        ByteBuffer answer = client.request(ControlRequest.PTM_GET_TPMESTABLISHED, NOTHING, Integer.BYTES);
        out.println("tpmEstablished is " + answer.get());
    }

    private void bufferSize() throws ControlException {
        ByteBuffer sizes = client.request(ControlRequest.PTM_SET_BUFFERSIZE, uint32((int) arguments.number()), 12);
        out.println("TPM buffersize: " + Integer.toUnsignedString(sizes.getInt()));
        out.println("minimum size  : " + Integer.toUnsignedString(sizes.getInt()));
        out.println("maximum size  : " + Integer.toUnsignedString(sizes.getInt()));
    }

    private void hash() throws ControlException {
        client.request(ControlRequest.PTM_HASH_START);
        if (arguments.text().equals("-")) {
            hashInput(System.in);
        } else {
            byte[] data = arguments.text().getBytes(StandardCharsets.UTF_8);
            for (int offset = 0; offset < data.length; offset += HASH_CHUNK) {
                hashData(Arrays.copyOfRange(data, offset, Math.min(data.length, offset + HASH_CHUNK)));
            }
        }
        client.request(ControlRequest.PTM_HASH_END);
    }

    private void hashInput(InputStream in) throws ControlException {
        try {
            for (byte[] chunk = in.readNBytes(HASH_CHUNK); chunk.length > 0; chunk = in.readNBytes(HASH_CHUNK)) {
                hashData(chunk);
            }
        } catch (IOException e) {
            throw new ControlException("Could not read from stdin: " + Reason.of(e));
        }
    }

    private void hashData(byte[] data) throws ControlException {
        byte[] body = ByteBuffer.allocate(Integer.BYTES + data.length)
                .putInt(data.length)
                .put(data)
                .array();
        client.request(ControlRequest.PTM_HASH_DATA, body, 0);
    }

    private byte[] uint8() {
        return new byte[] {(byte) arguments.number()};
    }

    private static byte[] uint32(int value) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
    }

    private static String hex(int value) {
        return "0x" + Integer.toHexString(value);
    }
}
