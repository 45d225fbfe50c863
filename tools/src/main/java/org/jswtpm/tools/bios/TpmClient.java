package org.jswtpm.tools.bios;

import java.io.IOException;
import java.io.PrintStream;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import org.jswtpm.tools.channel.ChannelException;
import org.jswtpm.tools.channel.TpmAddress;
import org.jswtpm.tools.channel.TpmChannel;
import org.jswtpm.tools.log.Reason;

/** Sends commands, each over a connection of its own, and notes whether one was answered by an error. */
final class TpmClient {
    /** Ten times the "short" and "long" durations of the PC Client specification. */
    static final int SHORT = 20;

    static final int LONG = 600;

    private static final int HEADER = 10;
    private static final int MAX_RESPONSE = 1024;

    private final TpmAddress address;
    private final PrintStream complaints;
    private boolean errors;

    /** @param complaints where a response code that is not success is told */
    TpmClient(TpmAddress address, PrintStream complaints) {
        this.address = address;
        this.complaints = complaints;
    }

    /**
     * Sends a command.
     *
     * @param name what the user knows it as
     * @param seconds how long the TPM may take
     * @return the whole response
     * @throws IOException if there is no response; the message is for the user
     */
    byte[] send(String name, byte[] command, int seconds) throws IOException {
        byte[] response = transmit(command, seconds);
        int code = ByteBuffer.wrap(response).getInt(6);
        if (code != 0) {
            errors = true;
            complaints.println(name + " returned error code 0x" + eightDigits(code));
        }
        return response;
    }

    private byte[] transmit(byte[] command, int seconds) throws IOException {
        try (TpmChannel channel = address.connect()) {
            channel.write(ByteBuffer.wrap(command));
            ByteBuffer response = ByteBuffer.allocate(MAX_RESPONSE);
            int length = channel.readSome(response, seconds);
            if (length < HEADER) {
                throw new IOException("Returned packet is too short.");
            }
            if (response.getInt(2) != length) {
                throw new IOException("Malformed response.");
            }
            byte[] octets = new byte[length];
            response.get(0, octets);
            return octets;
        } catch (ChannelException e) {
            throw new IOException(e.getMessage());
        } catch (SocketTimeoutException e) {
            throw new IOException("TPM did not respond after " + seconds + " seconds.");
        } catch (IOException e) {
            throw new IOException(Reason.of(e));
        }
    }

    private static String eightDigits(int code) {
        String hex = Integer.toHexString(code);
        return "00000000".substring(hex.length()) + hex;
    }

    /** Whether any command was answered by an error. */
    boolean hadErrors() {
        return errors;
    }
}
