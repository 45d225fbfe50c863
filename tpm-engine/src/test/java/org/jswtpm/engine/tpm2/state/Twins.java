package org.jswtpm.engine.tpm2.state;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.jswtpm.engine.tpm2.TpmClient;
import org.jswtpm.engine.wire.Bytes;

/**
 * Two TPMs in the same state: a TPM that goes on after its state was taken, and the one that this was given to. All that they
 * answer is the same but for what is random, which they must not be asked for.
 */
final class Twins extends TpmClient {
    private final TpmClient first;
    private final TpmClient second;

    Twins(TpmClient first, TpmClient second) {
        this.first = first;
        this.second = second;
    }

    @Override
    public byte[] exchange(byte[] command) {
        byte[] answer = first.exchange(command);
        assertEquals(
                Bytes.wrap(answer), Bytes.wrap(second.exchange(command)), () -> "answers to " + Bytes.wrap(command));
        return answer;
    }
}
