package org.jswtpm.server.platform;

import java.io.EOFException;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.jswtpm.engine.Host;
import org.jswtpm.engine.StateKind;
import org.jswtpm.store.StateName;
import org.jswtpm.store.StateStore;

/**
 * What the engine needs from this process: the kernel's random octets and clocks, and the state store.
 *
 * <p>/dev/urandom is read directly: java.security would load providers for the same octets.
 */
public final class TpmHost implements Host {
    private static final int NANOS_PER_MILLI = 1_000_000;

    private final StateStore store;
    private FileInputStream random;

    /** @param store null where the user named no place for state; then there is nothing to load and no way to commit */
    public TpmHost(StateStore store) {
        this.store = store;
    }

    @Override
    public void fillEntropy(byte[] target) {
        try {
            if (random == null) {
                random = new FileInputStream("/dev/urandom");
            }
            int filled = 0;
            while (filled < target.length) {
                int count = random.read(target, filled, target.length - filled);
                if (count < 0) {
                    throw new EOFException("/dev/urandom");
                }
                filled += count;
            }
        } catch (IOException e) {
            // without entropy a TPM must not go on: the caller puts it into failure mode
            throw new UncheckedIOException(e);
        }
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

    private static StateName name(StateKind kind) {
        return switch (kind) {
            case PERMANENT -> StateName.PERMALL;
            case VOLATILE -> StateName.VOLATILESTATE;
            case SAVE_STATE -> StateName.SAVESTATE;
        };
    }
}
