package org.jswtpm.server;

import java.io.IOException;
import java.util.OptionalLong;
import org.jswtpm.engine.ProfileException;
import org.jswtpm.engine.StateException;
import org.jswtpm.engine.Tpm;
import org.jswtpm.engine.TpmVersion;
import org.jswtpm.server.cli.Settings;
import org.jswtpm.server.log.Log;
import org.jswtpm.server.platform.NewTpm;
import org.jswtpm.server.platform.TpmHost;
import org.jswtpm.server.storage.ProfileReader;
import org.jswtpm.server.storage.Storage;
import org.jswtpm.store.StateName;
import org.jswtpm.store.StateStore;
import org.jswtpm.store.StoreException;

/** What the {@code --print-…} options tell, in the form of swtpm. None of them opens a socket. */
final class Report {
    /** TPMLIB_INFO_AVAILABLE_PROFILES. */
    static final long AVAILABLE_PROFILES = 0x40;

    private Report() {}

    /**
     * What {@code --print-info} tells, and what it brought about.
     *
     * @param made null where no TPM was made for it
     */
    record Info(String json, NewTpm made) {}

    /** {@code --print-states}: which blobs are there, and how large. */
    static String states(Settings settings, boolean tpm2) throws IOException {
        StringBuilder json = new StringBuilder("{ \"type\": \"swtpm\", \"states\": [");
        String separator = " ";
        try (StateStore store = Storage.openPlain(settings.state(), tpm2)) {
            for (StateName name : StateName.values()) {
                OptionalLong size = store.size(name);
                if (size.isPresent()) {
                    json.append(separator).append("{\"name\": \"").append(name.suffix());
                    json.append("\", \"size\": ").append(size.getAsLong()).append('}');
                    separator = ", ";
                }
            }
        }
        return json.append(separator.length() == 1 ? "] }" : " ] }").toString();
    }

    /** {@code --print-profiles}; a TPM 1.2 has none. */
    static String profiles(boolean tpm2, TpmServer.TpmMaker maker) {
        if (!tpm2) {
            return "{}";
        }
        try (Tpm tpm = maker.make(TpmVersion.TPM_2_0, new TpmHost(null, TpmVersion.TPM_2_0, Log.toStderr()))) {
            return tpm.info(AVAILABLE_PROFILES);
        }
    }

    /** {@code --print-capabilities}. */
    static String capabilities(boolean tpm2, TpmServer.TpmMaker maker) {
        if (!tpm2) {
            return Capabilities.json(null);
        }
        try (Tpm tpm = maker.make(TpmVersion.TPM_2_0, new TpmHost(null, TpmVersion.TPM_2_0, Log.toStderr()))) {
            return Capabilities.json(tpm.info(Capabilities.INFO_FLAGS));
        }
    }

    /**
     * {@code --print-info}. As with swtpm a TPM whose place is named is started for it, and made if there is none.
     *
     * @throws IOException with a message for the user, if it does not start
     */
    static Info info(Settings settings, long flags, TpmServer.TpmMaker maker, Log log) throws IOException {
        try (StateStore store = Storage.open(settings, log);
                Tpm tpm = maker.make(settings.version(), new TpmHost(store, settings.version(), log))) {
            NewTpm made = null;
            if (store != null) {
                if (settings.profile() != null) {
                    tpm.setProfile(ProfileReader.read(settings.profile(), tpm.info(AVAILABLE_PROFILES)));
                }
                store.lock(0);
                made = NewTpm.expected(store);
                tpm.powerOn();
            }
            return new Info(tpm.info(flags), made);
        } catch (ProfileException e) {
            throw new IOException("Error: Could not set profile for TPM2: " + e.getMessage(), e);
        } catch (StateException e) {
            String cause = e.getCause() instanceof StoreException store ? ": " + store.getMessage() : "";
            throw new IOException("Error: Could not initialize the TPM: " + e.getMessage() + cause, e);
        }
    }
}
