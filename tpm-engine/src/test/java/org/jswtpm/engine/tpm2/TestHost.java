package org.jswtpm.engine.tpm2;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jswtpm.engine.Host;
import org.jswtpm.engine.StateKind;
import org.jswtpm.engine.crypto.Entropy;

/** The outside of a TPM in a test: entropy from a seed unless the test brings its own, a clock that is moved by hand, and state in memory. */
public final class TestHost implements Host {
    private final Map<StateKind, byte[]> state = new EnumMap<>(StateKind.class);
    private final Entropy entropy;
    private long millis = 1_000;
    private int commits;
    private boolean failing;
    private boolean lending;
    private int lent;

    /** Always with the same entropy. */
    public TestHost() {
        this(20);
    }

    /** With the entropy of a seed. */
    public TestHost(long seed) {
        this(new Random(seed)::nextBytes);
    }

    public TestHost(Entropy entropy) {
        this.entropy = entropy;
    }

    /** Moves the clock. */
    public void advance(long elapsedMillis) {
        millis += elapsedMillis;
    }

    /** Whether the next commits fail. */
    public void setFailing(boolean failing) {
        this.failing = failing;
    }

    /** Whether threads are lent from now on, one for each task. */
    public void setLending(boolean lending) {
        this.lending = lending;
    }

    /** How many threads were lent. */
    public int lent() {
        return lent;
    }

    /** How often state was committed. */
    public int commits() {
        return commits;
    }

    /** Puts a state there that another TPM has written. */
    public void put(StateKind kind, byte[] blob) {
        state.put(kind, blob.clone());
    }

    @Override
    public void fillEntropy(byte[] target) {
        entropy.fill(target);
    }

    @Override
    public long monotonicMillis() {
        return millis;
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
    public void commit(StateKind kind, byte[] blob) throws IOException {
        if (failing) {
            throw new IOException("the test wants this commit to fail");
        }
        commits++;
        state.put(kind, blob.clone());
    }

    @Override
    public boolean tryRun(Runnable task) {
        if (lending) {
            lent++;
            new Thread(task).start();
        }
        return lending;
    }

    @Override
    public void delete(StateKind kind) {
        state.remove(kind);
    }
}
