package org.jswtpm.engine.tpm12;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Function;
import org.jswtpm.engine.StateKind;
import org.jswtpm.engine.tpm2.TestHost;

/**
 * A running swtpm, and a TPM of ours that goes on from a copy of its state: the same owner, keys and sessions, so that all
 * answers that are not random are the same.
 *
 * @param ours our TPM
 * @param swtpm the C program
 */
public record Twins(Tpm12Fixture ours, Swtpm12 swtpm) {
    /** Makes ours out of what the swtpm of {@code pair} is now. */
    public static Twins of(Tpm12Pair pair) {
        TestHost host = new TestHost();
        try {
            byte[] running = pair.swtpm().volatileState();
            host.put(StateKind.PERMANENT, pair.swtpm().state(StateKind.PERMANENT));
            host.put(StateKind.VOLATILE, running);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Twins(Tpm12Fixture.poweredOn(host), pair.swtpm());
    }

    /** Sends the same request to both, each with sessions of its own; expects equal results and equal parameters. */
    public Reply send(Function<Tpm12Client, Request> request) {
        Reply mine = ours.send(request.apply(ours));
        Reply theirs = swtpm.send(request.apply(swtpm));
        assertEquals(theirs.code(), mine.code());
        assertEquals(theirs.parameters(), mine.parameters());
        return mine;
    }

    /** As {@link #send}, where what is answered is random in part: expects equal results and sizes. */
    public Reply sendRandom(Function<Tpm12Client, Request> request) {
        Reply mine = ours.send(request.apply(ours));
        Reply theirs = swtpm.send(request.apply(swtpm));
        assertEquals(theirs.code(), mine.code());
        assertEquals(theirs.parameters().size(), mine.parameters().size());
        return mine;
    }
}
