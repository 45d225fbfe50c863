package org.jswtpm.server.storage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.jswtpm.engine.TpmVersion;
import org.jswtpm.server.cli.Settings;
import org.jswtpm.server.cli.Settings.State;
import org.jswtpm.server.log.Log;
import org.jswtpm.server.process.DescriptorModes;
import org.jswtpm.server.process.KernelRandom;
import org.jswtpm.store.DirectoryOptions;
import org.jswtpm.store.FileOptions;
import org.jswtpm.store.StateKey;
import org.jswtpm.store.StateKeys;
import org.jswtpm.store.StateName;
import org.jswtpm.store.StateStore;
import org.jswtpm.store.StoreException;

/** {@code --tpmstate}, {@code --key} and {@code --migration-key}, made a store. */
public final class Storage {
    private Storage() {}

    /**
     * Opens the store. Key files are read, and taken away if the user asked for that.
     *
     * @return null where the user named no place for state
     * @throws IOException with a message for the user: a key that cannot be read, a state that must exist and does not
     */
    public static StateStore open(Settings settings, Log log) throws IOException {
        StateKeys keys = keys(settings, log);
        if (settings.state() == null) {
            return null;
        }
        StateStore store = open(settings.state(), settings.version() == TpmVersion.TPM_2_0, keys);
        if (settings.state().mustExist() && !exists(store)) {
            store.close();
            throw new IOException("There is no TPM state at " + settings.state().location()
                    + ", but must-exist was given; name its place, or leave must-exist out for a new TPM");
        }
        return store;
    }

    private static StateKeys keys(Settings settings, Log log) throws IOException {
        if (settings.key() == null && settings.migrationKey() == null) {
            return StateKeys.NONE;
        }
        StateKey key = KeyReader.read(settings.key(), log);
        StateKey migrationKey = KeyReader.read(settings.migrationKey(), log);
        return new StateKeys(key, migrationKey, new KernelRandom()::fill);
    }

    /** A store without keys, to look at what is there. */
    public static StateStore openPlain(State state, boolean tpm2) {
        return open(state, tpm2, StateKeys.NONE);
    }

    private static StateStore open(State state, boolean tpm2, StateKeys keys) {
        OptionalInt mode = state.mode() < 0 ? OptionalInt.empty() : OptionalInt.of(state.mode());
        return switch (state.backend()) {
            case DIRECTORY ->
                StateStore.open(
                        new DirectoryOptions(
                                Path.of(state.location()), tpm2, mode, state.lock(), state.backup(), state.fsync()),
                        keys,
                        new DescriptorModes());
            case FILE ->
                StateStore.open(
                        new FileOptions(Path.of(state.location()), mode, state.lock()), keys, new DescriptorModes());
            case MEMORY -> StateStore.inMemory(keys);
        };
    }

    private static boolean exists(StateStore store) throws StoreException {
        return store.size(StateName.PERMALL).isPresent();
    }
}
