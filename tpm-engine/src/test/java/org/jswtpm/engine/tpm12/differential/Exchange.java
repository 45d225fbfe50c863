package org.jswtpm.engine.tpm12.differential;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jswtpm.engine.differential.Compare;
import org.jswtpm.engine.differential.Difference;
import org.jswtpm.engine.differential.Mutator;
import org.jswtpm.engine.tpm12.ClientSession;
import org.jswtpm.engine.tpm12.KeptState;
import org.jswtpm.engine.tpm12.Ordinal;
import org.jswtpm.engine.tpm12.Reply;
import org.jswtpm.engine.tpm12.Request;
import org.jswtpm.engine.tpm12.structure.ReservedHandle;
import org.jswtpm.engine.tpm12.structure.ResourceType;
import org.jswtpm.engine.tpm12.structure.TpmResult;
import org.jswtpm.engine.wire.Bytes;

/**
 * Sends each command, and now and then damaged forms of it first, to both TPMs and keeps what differs. A command is given as what
 * makes it for one of them, since each needs sessions and handles of its own; sessions that are opened meanwhile are flushed
 * behind it, which also tells whether both still have them.
 */
final class Exchange {
    private static final int[] HANDLES = {
        ReservedHandle.SRK,
        ReservedHandle.OWNER,
        ReservedHandle.REVOKE,
        ReservedHandle.TRANSPORT,
        ReservedHandle.OPERATOR,
        ReservedHandle.ADMIN,
        ReservedHandle.EK,
        KeptState.SIGNING_KEY,
        KeptState.LEGACY_KEY,
        0,
        1,
        7,
        8,
        0x1000_F000,
        0x0200_0000,
        0xFFFF_FFFF
    };

    /** The code of a response that did not come. */
    static final Bytes NO_RESPONSE = Bytes.hex("00c4 0000000a ffffffff");
    /** The tag that stands for the flush of a session behind the command, of which one TPM knows nothing more. */
    private static final Bytes FLUSHED = Bytes.hex("0000");
    /** How often a damaged command is sent before it counts that the answers differ. */
    private static final int TRIES = 3;
    /** One failure less than what makes a TPM wait. */
    private static final int TOLERATED_FAILURES = 4;

    private final Side ours;
    private final Side theirs;
    private final RandomGenerator random;
    private final Mutator mutator;
    private final int mutants;
    private final List<Difference> differences = new ArrayList<>();
    private byte[] lastCommand = new byte[0];
    private int failures;
    private boolean isOver;

    /** @param mutants how many damaged forms go before a command, at most */
    Exchange(Side ours, Side theirs, RandomGenerator random, int mutants) {
        this.ours = ours;
        this.theirs = theirs;
        this.random = random;
        this.mutants = mutants;
        mutator = new Mutator(random, HANDLES);
    }

    /** All of the parameters have to be the same. */
    Both<Reply> exact(Function<Side, Request> request) {
        return send(request, Compare.ALL);
    }

    /** The same request for both. */
    Both<Reply> exact(Request request) {
        return exact(side -> request);
    }

    /** The code and the size have to be the same. */
    Both<Reply> sized(Function<Side, Request> request) {
        return send(request, Compare.SIZE);
    }

    Both<Reply> sized(Request request) {
        return sized(side -> request);
    }

    /** Without damaged forms before it. */
    Both<Reply> plain(Function<Side, Request> request) {
        return exchange(request, Compare.SIZE);
    }

    Both<Reply> plain(Request request) {
        return plain(side -> request);
    }

    static boolean succeeded(Both<Reply> replies) {
        return replies.ours().code() == 0 && replies.theirs().code() == 0;
    }

    /** The handles at the beginning of both responses. */
    static Both<Integer> handles(Both<Reply> replies) {
        return new Both<>(
                replies.ours().reader().uint32(), replies.theirs().reader().uint32());
    }

    int sent() {
        return theirs.sent();
    }

    List<Difference> differences() {
        return differences;
    }

    /** Whether nothing more can be asked: a TPM has gone, or waits for the end of an attack. */
    boolean isOver() {
        return isOver;
    }

    /** Opens a session in each, which stays; null if they refuse. */
    Both<ClientSession> open(Function<Side, ClientSession> opening) {
        if (isOver) {
            return null;
        }
        List<ClientSession> sessions = new ArrayList<>();
        List<Bytes> refusals = new ArrayList<>();
        for (Side side : List.of(ours, theirs)) {
            try {
                sessions.add(opening.apply(side));
            } catch (Side.Refusal e) {
                refusals.add(Bytes.copyOf(e.response()));
            } catch (UncheckedIOException e) {
                isOver = true;
                refusals.add(NO_RESPONSE);
            }
            side.takeOpened();
        }
        if (refusals.size() == 1) {
            note(refusals.get(0), NO_RESPONSE);
        }
        return refusals.isEmpty() ? new Both<>(sessions.get(0), sessions.get(1)) : null;
    }

    /** Does something else to both TPMs. */
    void forEach(Consumer<Side> step) {
        if (!isOver) {
            step.accept(ours);
            step.accept(theirs);
        }
    }

    /** What a step finds out has to be the same; {@code command} names it if it is not. */
    Both<Bytes> finding(Request command, Function<Side, Bytes> step) {
        if (isOver) {
            return Both.same(NO_RESPONSE);
        }
        lastCommand = command.toArray();
        Both<Bytes> found = new Both<>(found(ours, step), found(theirs, step));
        if (!found.ours().equals(found.theirs())) {
            note(
                    Bytes.hex("0000 00000000 00000000").then(found.ours()),
                    Bytes.hex("0000 00000000 00000000").then(found.theirs()));
        }
        return found;
    }

    private Bytes found(Side side, Function<Side, Bytes> step) {
        try {
            return step.apply(side);
        } catch (Side.Refusal e) {
            return Bytes.copyOf(e.response());
        } catch (AssertionError e) {
            return Bytes.wrap(String.valueOf(e.getMessage()).getBytes(StandardCharsets.UTF_8));
        } catch (UncheckedIOException e) {
            isOver = true;
            return NO_RESPONSE;
        }
    }

    private Both<Reply> send(Function<Side, Request> request, Compare compare) {
        for (int i = random.nextInt(mutants + 1); i > 0 && !isOver; i--) {
            sendDamaged(request);
        }
        return exchange(request, compare);
    }

    private Both<Reply> exchange(Function<Side, Request> request, Compare compare) {
        calm();
        if (isOver) {
            return Both.same(Reply.of(NO_RESPONSE.toArray()));
        }
        Both<Reply> replies = new Both<>(answer(ours, request), answer(theirs, request));
        compare(replies, compare).ifPresent(differences::add);
        flushSessions();
        return replies;
    }

    private Reply answer(Side side, Function<Side, Request> request) {
        try {
            Request made = request.apply(side);
            byte[] command = made.toArray();
            lastCommand = command;
            byte[] response = exchange(side, command);
            try {
                return made.complete(response);
            } catch (AssertionError e) {
                note(Bytes.hex("00c4 0000000a fffffffe"), Bytes.copyOf(response));
                return Reply.of(response);
            }
        } catch (Side.Refusal e) {
            return Reply.of(e.response());
        }
    }

    private byte[] exchange(Side side, byte[] command) {
        try {
            return side.exchange(command);
        } catch (UncheckedIOException e) {
            isOver = true;
            return NO_RESPONSE.toArray();
        }
    }

    /**
     * Either what it says is damaged and authorized so, or what goes over the wire. What is random in it, a handle or an HMAC, can
     * come to stand where its value counts; then it will not differ again.
     */
    private void sendDamaged(Function<Side, Request> request) {
        Damage damage = new Damage(mutator);
        boolean isAuthorized = random.nextInt(3) != 0;
        List<Difference> seen = new ArrayList<>();
        for (int i = 0; i < TRIES && !isOver; i++) {
            Optional<Difference> difference = sendDamaged(request, damage, isAuthorized);
            if (difference.isEmpty()) {
                return;
            }
            seen.add(difference.get());
        }
        differences.addAll(seen.subList(0, Math.min(1, seen.size())));
    }

    private Optional<Difference> sendDamaged(Function<Side, Request> request, Damage damage, boolean isAuthorized) {
        calm();
        Optional<Difference> difference = Optional.empty();
        try {
            byte[] our = damaged(request.apply(ours), damage, isAuthorized);
            byte[] their = damaged(request.apply(theirs), damage, isAuthorized);
            if (damage.isTheSame()) {
                lastCommand = their;
                difference = compare(
                        new Both<>(Reply.of(exchange(ours, our)), Reply.of(exchange(theirs, their))), Compare.SIZE);
            }
        } catch (Side.Refusal e) {
            // the undamaged command will tell whether both refuse
        }
        flushSessions();
        return difference;
    }

    private static byte[] damaged(Request request, UnaryOperator<byte[]> damage, boolean isAuthorized) {
        return isAuthorized ? request.toArray(damage) : damage.apply(request.toArray());
    }

    private Optional<Difference> compare(Both<Reply> replies, Compare compare) {
        int code = replies.theirs().code();
        if (code == TpmResult.AUTHFAIL.value() || code == TpmResult.AUTH2FAIL.value()) {
            failures++;
        }
        byte[] our = replies.ours().withoutAuthorizations().toArray();
        byte[] their = replies.theirs().withoutAuthorizations().toArray();
        if (compare.areSame(our, their)) {
            return Optional.empty();
        }
        isOver |= code == TpmResult.FAIL.value() || code == TpmResult.FAILEDSELFTEST.value();
        return Optional.of(new Difference(
                Bytes.copyOf(lastCommand),
                replies.ours().octets(),
                replies.theirs().octets()));
    }

    private void note(Bytes our, Bytes their) {
        differences.add(new Difference(Bytes.copyOf(lastCommand), our, their));
    }

    private void flushSessions() {
        List<Integer> our = ours.takeOpened();
        List<Integer> their = theirs.takeOpened();
        for (int i = 0; i < Math.min(our.size(), their.size()) && !isOver; i++) {
            Both<Integer> session = new Both<>(our.get(i), their.get(i));
            Both<Reply> flushed = new Both<>(flush(ours, session), flush(theirs, session));
            if (flushed.ours().code() != flushed.theirs().code()) {
                note(
                        FLUSHED.then(flushed.ours().octets().slice(2, 8)),
                        FLUSHED.then(flushed.theirs().octets().slice(2, 8)));
            }
        }
    }

    private Reply flush(Side side, Both<Integer> session) {
        return Reply.of(
                exchange(side, flush(session.of(side), ResourceType.AUTH).toArray()));
    }

    /** TPM_FlushSpecific. */
    static Request flush(int handle, int resourceType) {
        return Request.of(Ordinal.FLUSH_SPECIFIC).handle(handle).u32(resourceType);
    }

    /** Takes care that no TPM has to wait. */
    private void calm() {
        if (failures >= TOLERATED_FAILURES && !isOver) {
            failures = 0;
            Both<Reply> replies = plain(side -> Request.of(Ordinal.RESET_LOCK_VALUE)
                    .auth(side.oiap(KeptState.OWNER).ending()));
            isOver |= !succeeded(replies);
        }
    }
}
