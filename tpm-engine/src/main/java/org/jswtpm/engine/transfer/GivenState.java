package org.jswtpm.engine.transfer;

import java.util.Arrays;
import java.util.Optional;
import org.jswtpm.engine.StateKind;

/** The state that a TPM was given while it was off: copies, which are wiped when they have been used. */
public final class GivenState {
    private final byte[][] blobs = new byte[StateKind.values().length][];

    /** Takes a copy of {@code blob}, in place of one that was given before; one of no octets says that there is none. */
    public void put(StateKind kind, byte[] blob) {
        forget(kind.ordinal());
        blobs[kind.ordinal()] = blob.clone();
    }

    /** Whether this kind of state was given, be it as none. */
    public boolean has(StateKind kind) {
        return blobs[kind.ordinal()] != null;
    }

    /** The state that was given; empty if there is to be none. Lent. */
    public Optional<byte[]> get(StateKind kind) {
        byte[] blob = blobs[kind.ordinal()];
        return blob.length == 0 ? Optional.empty() : Optional.of(blob);
    }

    /** Wipes all. */
    public void clear() {
        for (int i = 0; i < blobs.length; i++) {
            forget(i);
        }
    }

    private void forget(int index) {
        if (blobs[index] != null) {
            Arrays.fill(blobs[index], (byte) 0);
            blobs[index] = null;
        }
    }
}
