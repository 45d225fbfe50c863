package org.jswtpm.server.platform;

import java.io.IOException;
import java.util.Optional;
import org.jswtpm.engine.Host;
import org.jswtpm.engine.StateKind;
import org.jswtpm.server.process.KernelRandom;
import org.jswtpm.store.StateName;
import org.jswtpm.store.StateStore;

/**
 * What the engine needs from this process: the kernel's random octets and clocks, the state store, and threads to compute beside
 * the one that runs commands.
 */
public final class TpmHost implements Host {
    private static final int NANOS_PER_MILLI = 1_000_000;

    private final StateStore store;
    private final KernelRandom random = new KernelRandom();
    private final HelperThreads helpers = new HelperThreads(Runtime.getRuntime().availableProcessors());

    /** @param store null where the user named no place for state; then there is nothing to load and no way to commit */
    public TpmHost(StateStore store) {
        this.store = store;
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
        return store == null ? Optional.empty() : store.load(name(kind));
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
