package org.jswtpm.tools.setup;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jswtpm.engine.Host;
import org.jswtpm.engine.ProfileException;
import org.jswtpm.engine.StateException;
import org.jswtpm.engine.StateKind;
import org.jswtpm.engine.Tpm;
import org.jswtpm.engine.TpmVersion;
import org.jswtpm.engine.Tpms;
import org.jswtpm.store.StateKeys;
import org.jswtpm.store.StateName;
import org.jswtpm.store.StateStore;
import org.jswtpm.store.StoreException;
import org.jswtpm.tools.log.Reason;
import org.jswtpm.tools.process.KernelRandom;

/** A TPM in this process. Its state is locked as long as it is open. */
final class EngineTpm implements SetupTpm {
    /** TPM2_Startup(CLEAR). */
    private static final byte[] STARTUP_2_0 = {(byte) 0x80, 0x01, 0, 0, 0, 12, 0, 0, 0x01, 0x44, 0, 0};
    /** TPM_Startup(TPM_ST_CLEAR). */
    private static final byte[] STARTUP_1_2 = {0, (byte) 0xC1, 0, 0, 0, 12, 0, 0, 0, (byte) 0x99, 0, 1};

    private final StateStore store;
    private final Tpm tpm;
    /** Null where the TPM works on its state where it is. */
    private StateDraft draft;

    private EngineTpm(TpmVersion version, StateStore store) {
        this.store = store;
        this.tpm = Tpms.create(version, new StoreHost(store));
    }

    /**
     * Takes over the store; a TPM is manufactured if it is empty.
     *
     * @param profile what a new TPM is to be in JSON; null for the null profile, or a TPM that is there
     */
    static EngineTpm start(TpmVersion version, StateStore store, String profile) throws SetupException {
        EngineTpm engine = new EngineTpm(version, store);
        try {
            store.lock(0);
            if (profile != null) {
                engine.tpm.setProfile(profile);
            }
            engine.tpm.powerOn();
            engine.execute(version == TpmVersion.TPM_2_0 ? STARTUP_2_0 : STARTUP_1_2);
            return engine;
        } catch (StoreException | StateException | ProfileException e) {
            engine.close();
            String cause = e instanceof StateException && e.getCause() instanceof IOException below
                    ? ": " + Reason.of(below)
                    : "";
            throw new SetupException("Could not start the TPM: " + e.getMessage() + cause);
        } catch (RuntimeException | Error e) {
            engine.close();
            throw e;
        }
    }

    /** The same with a state that takes its place when the TPM is {@link #finish finished}. */
    static EngineTpm start(TpmVersion version, StateDraft draft, String profile) throws SetupException {
        EngineTpm engine = start(version, draft.store(), profile);
        engine.draft = draft;
        return engine;
    }

    /** Whether the engine has a TPM 1.2. */
    static boolean hasTpm12() throws SetupException {
        try (EngineTpm _ = new EngineTpm(TpmVersion.TPM_1_2, StateStore.inMemory(StateKeys.NONE))) {
            return true;
        } catch (UnsupportedOperationException e) {
            return false;
        }
    }

    /** What a TPM 2.0 tells before it has any state. */
    static String infoOfNone(long flags) throws SetupException {
        try (EngineTpm engine = new EngineTpm(TpmVersion.TPM_2_0, StateStore.inMemory(StateKeys.NONE))) {
            return engine.info(flags);
        }
    }

    @Override
    public byte[] execute(byte[] command) {
        return tpm.execute(command, 0);
    }

    @Override
    public String info(long flags) {
        return tpm.info(flags);
    }

    @Override
    public void finish() throws SetupException {
        draft.publish();
    }

    @Override
    public void close() throws SetupException {
        tpm.close();
        try {
            store.close();
        } catch (StoreException e) {
            throw new SetupException(e.getMessage());
        }
    }

    /** What the engine asks of the outside. */
    private static final class StoreHost implements Host {
        private final StateStore store;

        StoreHost(StateStore store) {
            this.store = store;
        }

        @Override
        public void fillEntropy(byte[] target) {
            KernelRandom.fill(target);
        }

        @Override
        public long monotonicMillis() {
            return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
        }

        @Override
        public long wallClockMillis() {
            return System.currentTimeMillis();
        }

        @Override
        public Optional<byte[]> load(StateKind kind) throws IOException {
            return store.load(name(kind));
        }

        @Override
        public void commit(StateKind kind, byte[] blob) throws IOException {
            store.store(name(kind), blob);
        }

        @Override
        public void delete(StateKind kind) throws IOException {
            store.delete(name(kind));
        }

        private static StateName name(StateKind kind) {
            return switch (kind) {
                case PERMANENT -> StateName.PERMALL;
                case VOLATILE -> StateName.VOLATILESTATE;
                case SAVE_STATE -> StateName.SAVESTATE;
            };
        }
    }
}
