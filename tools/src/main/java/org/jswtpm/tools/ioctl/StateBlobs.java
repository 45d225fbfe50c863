package org.jswtpm.tools.ioctl;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jswtpm.tools.control.ControlClient;
import org.jswtpm.tools.control.ControlException;
import org.jswtpm.tools.control.ControlRequest;
import org.jswtpm.tools.log.Reason;

/** State blobs between the control channel and files. A saved blob is not under the state key any more. */
final class StateBlobs {
    private static final int FLAG_DECRYPTED = 1;
    private static final int CHUNK = 4096;
    /** More than any state takes. */
    private static final int MAX_SIZE = 16 << 20;

    private static final Set<OpenOption> REPLACE =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
    private static final Set<PosixFilePermission> OWNER_ONLY =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private StateBlobs() {}

    /** PTM_GET_STATEBLOB into a file, which its owner alone may read; an absent blob makes an empty file. */
    static void save(ControlClient client, String type, String file) throws ControlException {
        int code = code(type);
        try (var out = Files.newByteChannel(Path.of(file), REPLACE, PosixFilePermissions.asFileAttribute(OWNER_ONLY))) {
            byte[] body = ByteBuffer.allocate(12)
                    .putInt(FLAG_DECRYPTED)
                    .putInt(code)
                    .putInt(0)
                    .array();
            ByteBuffer header = client.request(ControlRequest.PTM_GET_STATEBLOB, body, 12);
            int left = header.getInt(4);
            if (left < 0) {
                throw new ControlException("TPM announces a state blob of 0x" + Integer.toHexString(left) + " bytes");
            }
            while (left > 0) {
                ByteBuffer chunk = chunk(client, Math.min(left, CHUNK));
                left -= chunk.remaining();
                while (chunk.hasRemaining()) {
                    out.write(chunk);
                }
            }
        } catch (IOException e) {
            throw new ControlException("Could not open file '" + file + "' for writing: " + Reason.of(e));
        }
    }

    private static ByteBuffer chunk(ControlClient client, int length) throws ControlException {
        try {
            return client.read(length);
        } catch (IOException e) {
            throw new ControlException("Could not read from TPM: " + Reason.of(e));
        }
    }

    /** PTM_SET_STATEBLOB with all that is in a file. */
    static void load(ControlClient client, String type, String file) throws ControlException {
        int code = code(type);
        byte[] blob;
        try {
            blob = read(file);
        } catch (IOException e) {
            throw new ControlException("Could not open file '" + file + "' for reading: " + Reason.of(e));
        }
        byte[] body = ByteBuffer.allocate(12 + blob.length)
                .putInt(0)
                .putInt(code)
                .putInt(blob.length)
                .put(blob)
                .array();
        client.request(ControlRequest.PTM_SET_STATEBLOB, body, 0);
    }

    /** A device may have no end, and no TPM has so much state. */
    private static byte[] read(String file) throws IOException, ControlException {
        try (InputStream in = new FileInputStream(file)) {
            byte[] blob = in.readNBytes(MAX_SIZE + 1);
            if (blob.length > MAX_SIZE) {
                throw new ControlException("File '" + file + "' is too large for a state blob.");
            }
            return blob;
        }
    }

    private static int code(String type) throws ControlException {
        return switch (type) {
            case "permanent" -> 1;
            case "volatile" -> 2;
            case "savestate" -> 3;
            default -> throw new ControlException("Unknown TPM state type '" + type + "'");
        };
    }
}
