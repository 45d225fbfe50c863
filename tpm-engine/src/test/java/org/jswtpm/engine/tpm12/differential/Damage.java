package org.jswtpm.engine.tpm12.differential;

import java.util.BitSet;
import java.util.function.UnaryOperator;
import org.jswtpm.engine.differential.Mutator;

/** The same damage to the commands of both TPMs, which differ in handles and authorizations. */
final class Damage implements UnaryOperator<byte[]> {
    private final Mutator mutator;
    private UnaryOperator<byte[]> edit;
    private BitSet first;
    private boolean isTheSame;

    Damage(Mutator mutator) {
        this.mutator = mutator;
    }

    @Override
    public byte[] apply(byte[] command) {
        if (edit == null) {
            edit = mutator.next(command.length);
        }
        byte[] damaged = edit.apply(command);
        BitSet changed = changed(command, damaged);
        isTheSame = changed.equals(first);
        first = first == null ? changed : null;
        return damaged;
    }

    /** The places that have another octet now, or none. */
    private static BitSet changed(byte[] command, byte[] damaged) {
        BitSet changed = new BitSet();
        for (int i = 0; i < Math.max(command.length, damaged.length); i++) {
            changed.set(i, i >= command.length || i >= damaged.length || command[i] != damaged[i]);
        }
        return changed;
    }

    /** Whether it has damaged the last two in the same places: an octet that is set can be right in one of them. */
    boolean isTheSame() {
        return isTheSame;
    }
}
