package org.jswtpm.engine.tpm12.differential;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.jswtpm.engine.differential.Mutator;

/** The same damage to the commands of both TPMs, which differ in handles and authorizations. */
final class Damage implements UnaryOperator<byte[]> {
    private final Mutator mutator;
    private UnaryOperator<byte[]> edit;
    private boolean isFirstChanged;
    private boolean isSecond;
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
        boolean isChanged = !Arrays.equals(command, damaged);
        isTheSame = isSecond && isChanged == isFirstChanged;
        isFirstChanged = isChanged;
        isSecond = !isSecond;
        return damaged;
    }

    /** Whether it has damaged the last two or none of them: an octet that is set can be right in one of them. */
    boolean isTheSame() {
        return isTheSame;
    }
}
