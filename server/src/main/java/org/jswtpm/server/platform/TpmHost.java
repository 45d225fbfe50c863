package org.jswtpm.server.platform;

import java.io.IOException;
import java.util.Optional;
import org.jswtpm.engine.Host;
import org.jswtpm.engine.StateKind;
import org.jswtpm.engine.TpmVersion;
import org.jswtpm.server.log.Log;
import org.jswtpm.server.process.KernelRandom;
import org.jswtpm.store.StateName;
import org.jswtpm.store.StateStore;
import org.jswtpm.store.StoreException;

/**
 * What the engine needs from this process: the kernel's random octets and clocks, the state store, and threads to compute beside
 * the one that runs commands.
 */
public final class TpmHost implements Host {
    private static final int NANOS_PER_MILLI = 1_000_000;

    private final StateStore store;
    private final TpmVersion version;
    private final Log log;
    private final KernelRandom random = new KernelRandom();
    private final HelperThreads helpers = new HelperThreads(Runtime.getRuntime().availableProcessors());

    /** @param store null where the user named no place for state; then there is nothing to load and no way to commit */
    public TpmHost(StateStore store, TpmVersion version, Log log) {
        this.store = store;
        this.version = version;
        this.log = log;
    }

    @Override
    public void fillEntropy(byte[] target) {
        random.fill(target);
    }

    @Override
    public long monotonicMillis() {
        return System.nanoTime() / NANOS_PER_MILLI;
    }

    @Override
    public long wallClockMillis() {
        return System.currentTimeMillis();
    }

    @Override
    public Optional<byte[]> load(StateKind kind) throws IOException {
        if (store == null) {
            return Optional.empty();
        }
        try {
            return store.load(name(kind));
        } catch (StoreException e) {
            if (!canDoWithout(kind, e)) {
                throw e;
            }
            log.say("Warning: " + e.getMessage() + "; the TPM starts without its volatile state, as after a reset.");
            return Optional.empty();
        }
    }

    /**
     * A volatile state is only needed to go on where the TPM was. If a power cut left nothing but parts of its file, libtpms
     * starts a TPM 2.0 without it; a TPM 1.2 is not started. What is whole and makes no sense is an error in both.
     */
    private boolean canDoWithout(StateKind kind, StoreException failure) throws StoreException {
        return kind == StateKind.VOLATILE
                && version == TpmVersion.TPM_2_0
                && failure.isOfContainer()
                && store.size(StateName.PERMALL).isPresent();
    }

    @Override
    public void commit(StateKind kind, byte[] blob) throws IOException {
        if (store == null) {
            throw new IOException("there is no place for the TPM's state");
        }
        store.store(name(kind), blob);
    }

    @Override
    public void delete(StateKind kind) throws IOException {
        if (store != null) {
            store.delete(name(kind));
        }
    }

    @Override
    public boolean tryRun(Runnable task) {
        return helpers.tryRun(task);
    }

    static StateName name(StateKind kind) {
        return switch (kind) {
            case PERMANENT -> StateName.PERMALL;
            case VOLATILE -> StateName.VOLATILESTATE;
            case SAVE_STATE -> StateName.SAVESTATE;
        };
    }
}
