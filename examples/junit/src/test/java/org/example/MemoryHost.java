package org.example;

import java.security.SecureRandom;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jswtpm.engine.Host;
import org.jswtpm.engine.StateKind;

/** The surroundings of a TPM that is gone with its test. With a seeded generator and a fixed clock every run is the same. */
final class MemoryHost implements Host {
    private final Map<StateKind, byte[]> blobs = new EnumMap<>(StateKind.class);
    private final SecureRandom random = new SecureRandom();

    @Override
    public void fillEntropy(byte[] target) {
        random.nextBytes(target);
    }

    @Override
    public long monotonicMillis() {
        return System.nanoTime() / 1_000_000;
    }

    @Override
    public long wallClockMillis() {
        return System.currentTimeMillis();
    }

    @Override
    public Optional<byte[]> load(StateKind kind) {
        return Optional.ofNullable(blobs.get(kind)).map(byte[]::clone);
    }

    @Override
    public void commit(StateKind kind, byte[] blob) {
        blobs.put(kind, blob.clone());
    }

    @Override
    public void delete(StateKind kind) {
        blobs.remove(kind);
    }
}
