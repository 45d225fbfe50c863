package org.jswtpm.engine.tpm12;

import static org.jswtpm.engine.tpm12.structure.TpmResult.DEFEND_LOCK_RUNNING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

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
        assertSameCode(mine, theirs);
        assertEquals(theirs.parameters(), mine.parameters());
        return mine;
    }

    /** As {@link #send}, where what is answered is random in part: expects equal results and sizes. */
    public Reply sendRandom(Function<Tpm12Client, Request> request) {
        Reply mine = ours.send(request.apply(ours));
        Reply theirs = swtpm.send(request.apply(swtpm));
        assertSameCode(mine, theirs);
        assertEquals(theirs.parameters().size(), mine.parameters().size());
        return mine;
    }

    /** Has both forget failed authorizations, by an owner of {@link OwnedTpm#own}: how long a lockout takes depends on swtpm's clock. */
    public void forgive() {
        send(tpm -> Request.of(Ordinal.RESET_LOCK_VALUE)
                .auth(tpm.oiap(OwnedTpm.OWNER_AUTH).ending()));
    }

    private static void assertSameCode(Reply mine, Reply theirs) {
        int lockout = DEFEND_LOCK_RUNNING.value();
        assertFalse(mine.code() == lockout || theirs.code() == lockout, "a lockout, which depends on swtpm's clock");
        assertEquals(theirs.code(), mine.code());
    }
}
