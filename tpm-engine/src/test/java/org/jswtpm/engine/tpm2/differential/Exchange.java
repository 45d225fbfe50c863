package org.jswtpm.engine.tpm2.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jswtpm.engine.differential.Compare;
import org.jswtpm.engine.differential.Difference;
import org.jswtpm.engine.differential.Mutator;

/** Sends each command, and now and then damaged forms of it first, to both TPMs and keeps what differs. */
final class Exchange {
    /** One TPM: a command in, a response out. */
    interface Peer {
        byte[] send(byte[] command);
    }

    private static final int RETRY = 0x922;
    private static final int[] HANDLES = {
        0x4000_0001, 0x4000_0007, 0x4000_0009, 0x4000_000A, 0x4000_000B, 0x4000_000C, 0x4000_000D, 0x4000_0008,
                0x8000_0000,
        0x8000_0001, 0x8000_0003, 0x8100_0000, 0x81ff_ffff, 0x0200_0000, 0x0300_0001, 0x0000_0000, 0x0000_0017,
                0x0000_0018,
        0x0100_0001, 0x01c0_0002, 0x9000_0000, 0x4000_0010, 0x4000_0110, 0xffff_ffff
    };

    private final Peer ours;
    private final Peer theirs;
    private final RandomGenerator random;
    private final Mutator mutator;
    private final int mutants;
    private final List<Difference> differences = new ArrayList<>();
    private int sent;

    /** @param mutants how many damaged forms go before a command, at most */
    Exchange(Peer ours, Peer theirs, RandomGenerator random, int mutants) {
        this.ours = ours;
        this.theirs = theirs;
        this.random = random;
        this.mutator = new Mutator(random, HANDLES);
        this.mutants = mutants;
    }

    /** swtpm's response: what a scene goes on with, so that both TPMs are asked the same next. */
    byte[] send(Request request, Compare compare) {
        byte[] command = request.toBytes();
        for (int i = random.nextInt(mutants + 1); i > 0; i--) {
            exchange(mutator.mutate(command), Compare.CODE);
        }
        return exchange(command, compare);
    }

    byte[] exact(Request request) {
        return send(request, Compare.ALL);
    }

    byte[] codeOnly(Request request) {
        return send(request, Compare.CODE);
    }

    /** Without damaged forms before it: for setting a scene up. */
    byte[] plain(Request request) {
        return exchange(request.toBytes(), Compare.CODE);
    }

    int sent() {
        return sent;
    }

    List<Difference> differences() {
        return differences;
    }

    static boolean succeeded(byte[] response) {
        return Compare.codeOf(response) == 0;
    }

    /** The 16 bits at {@code at}: the size of a TPM2B. */
    static int shortAt(byte[] octets, int at) {
        return (octets[at] & 0xff) << 8 | octets[at + 1] & 0xff;
    }

    private byte[] exchange(byte[] command, Compare compare) {
        sent++;
        byte[] our = ours.send(command);
        byte[] their = theirs.send(command);
        if (Compare.codeOf(their) == RETRY) {
            // libtpms before 0.10 answers so to the first use of a protected entity, and wants the command again
            their = theirs.send(command);
        }
        if (!compare.areSame(our, their)) {
            differences.add(Difference.of(command, our, their));
        }
        return their;
    }
}
