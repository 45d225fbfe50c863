package org.jswtpm.fuzz;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jswtpm.engine.Host;
import org.jswtpm.engine.StateKind;

/** A host without chance: the same input does the same every time. */
final class MemoryHost implements Host {
    private final Map<StateKind, byte[]> state = new EnumMap<>(StateKind.class);
    private final Random entropy = new Random(7);
    private long millis;

    /** Puts a state there, as if it had been committed. */
    void put(StateKind kind, byte[] blob) {
        state.put(kind, blob.clone());
    }

    @Override
    public void fillEntropy(byte[] target) {
        entropy.nextBytes(target);
    }

    @Override
    public long monotonicMillis() {
        return ++millis;
    }

    @Override
    public long wallClockMillis() {
        return millis;
    }

    @Override
    public Optional<byte[]> load(StateKind kind) {
        return Optional.ofNullable(state.get(kind)).map(byte[]::clone);
    }

    @Override
    public void commit(StateKind kind, byte[] blob) {
        state.put(kind, blob.clone());
    }

    @Override
    public void delete(StateKind kind) {
        state.remove(kind);
    }
}
