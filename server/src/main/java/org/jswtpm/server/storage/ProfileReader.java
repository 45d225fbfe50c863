package org.jswtpm.server.storage;

import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jswtpm.server.cli.Settings.Profile;
import org.jswtpm.server.socket.inherited.InheritedDescriptor;

/** The profile of {@code --profile}, as JSON, wherever it comes from. */
public final class ProfileReader {
    /** What swtpm reads of a descriptor at most. */
    private static final int MAX_SIZE = 10 * 1024 - 1;

    private static final String NULL_PROFILE = "{\"Name\":\"null\"}";

    private ProfileReader() {}

    /**
     * The profile.
     *
     * @throws IOException with a message for the user, if it cannot be read
     */
    public static String read(Profile source) throws IOException {
        if (source.json() != null) {
            return source.json().strip();
        }
        if (source.name() != null) {
            return "{\"Name\":\"" + source.name() + "\"}";
        }
        try (FileInputStream in = source.file() == null
                ? InheritedDescriptor.of(source.fd(), "--profile").input()
                : new FileInputStream(source.file())) {
            return new String(in.readNBytes(MAX_SIZE), StandardCharsets.UTF_8).strip();
        } catch (FileNotFoundException e) {
            throw new IOException("Failed to open file " + e.getMessage(), e);
        }
    }

    /** Whether it is the profile that a TPM has without any: the only one that is supported yet. */
    public static boolean isNull(String json) {
        return json.replace(" ", "").equals(NULL_PROFILE);
    }
}
