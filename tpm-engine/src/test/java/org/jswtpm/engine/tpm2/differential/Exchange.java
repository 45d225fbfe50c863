package org.jswtpm.engine.tpm2.differential;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jswtpm.engine.wire.Bytes;

/** Sends each command, and now and then damaged forms of it first, to both TPMs and keeps what differs. */
final class Exchange {
    /** One TPM: a command in, a response out. */
    interface Peer {
        byte[] send(byte[] command);
    }

    /** How far a good response must agree. */
    enum Compare {
        /** Every octet. */
        ALL,
        /** The response code only: the rest depends on random numbers or on time. */
        CODE
    }

    /**
     * @param command what was sent
     * @param ours this engine's response
     * @param theirs swtpm's response
     */
    record Difference(Bytes command, Bytes ours, Bytes theirs) {
        int commandCode() {
            return command.size() < 10 ? 0 : intAt(command.toArray(), 6);
        }

        int ourCode() {
            return intAt(ours.toArray(), 6);
        }

        int theirCode() {
            return intAt(theirs.toArray(), 6);
        }

        @Override
        public String toString() {
            return "ours 0x%x theirs 0x%x for %s%n  ours %s%n  theirs %s"
                    .formatted(ourCode(), theirCode(), command, ours, theirs);
        }
    }

    private static final int RETRY = 0x922;

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
        this.mutator = new Mutator(random);
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
        return intAt(response, 6) == 0;
    }

    /** The 32 bits at {@code at}: a response code at 6, a handle at 10. */
    static int intAt(byte[] octets, int at) {
        return (octets[at] & 0xff) << 24
                | (octets[at + 1] & 0xff) << 16
                | (octets[at + 2] & 0xff) << 8
                | octets[at + 3] & 0xff;
    }

    /** The 16 bits at {@code at}: the size of a TPM2B. */
    static int shortAt(byte[] octets, int at) {
        return (octets[at] & 0xff) << 8 | octets[at + 1] & 0xff;
    }

    private byte[] exchange(byte[] command, Compare compare) {
        sent++;
        byte[] our = ours.send(command);
        byte[] their = theirs.send(command);
        if (intAt(their, 6) == RETRY) {
            // libtpms before 0.10 answers so to the first use of a protected entity, and wants the command again
            their = theirs.send(command);
        }
        boolean same = compare == Compare.ALL ? Arrays.equals(our, their) : intAt(our, 6) == intAt(their, 6);
        if (!same) {
            differences.add(new Difference(Bytes.copyOf(command), Bytes.copyOf(our), Bytes.copyOf(their)));
        }
        return their;
    }
}
