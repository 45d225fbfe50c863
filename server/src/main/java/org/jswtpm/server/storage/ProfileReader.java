package org.jswtpm.server.storage;

import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.jswtpm.engine.FipsProfile;
import org.jswtpm.server.cli.Settings.Profile;
import org.jswtpm.server.file.OwnFile;
import org.jswtpm.server.log.FailureReason;
import org.jswtpm.server.socket.inherited.InheritedDescriptor;

/** The profile of {@code --profile}, as JSON, wherever it comes from. */
public final class ProfileReader {
    /** What swtpm reads of a descriptor at most. */
    private static final int MAX_SIZE = 10 * 1024 - 1;

    private ProfileReader() {}

    /**
     * The profile.
     *
     * @param builtIn the profiles that there are, as {@code --print-profiles} tells them
     * @throws IOException with a message for the user, if it cannot be read
     */
    public static String read(Profile source, String builtIn) throws IOException {
        String json = json(source);
        return "fips-host".equals(source.removeDisabled()) ? FipsProfile.restrict(json, builtIn) : json;
    }

    private static String json(Profile source) throws IOException {
        if (source.json() != null) {
            return source.json().strip();
        }
        if (source.name() != null) {
            return "{\"Name\":\"" + source.name() + "\"}";
        }
        try (FileInputStream in = open(source)) {
            return new String(in.readNBytes(MAX_SIZE), StandardCharsets.UTF_8).strip();
        } catch (FileNotFoundException e) {
            throw new IOException("Failed to open file " + e.getMessage(), e);
        } catch (FileSystemException e) {
            throw new IOException("Failed to open file " + source.file() + " (" + FailureReason.of(e) + ")", e);
        }
    }

    private static FileInputStream open(Profile source) throws IOException {
        if (source.file() == null) {
            return InheritedDescriptor.of(source.fd(), "--profile").input();
        }
        OwnFile.requireReadable(Path.of(source.file()));
        return new FileInputStream(source.file());
    }
}
