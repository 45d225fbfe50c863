package org.jswtpm.engine.tpm12.differential;

import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.differential.Mutator;
import org.jswtpm.engine.tpm12.KeptState;
import org.jswtpm.engine.tpm12.Ordinal;
import org.jswtpm.engine.tpm12.OwnedTpm;
import org.jswtpm.engine.tpm12.Reply;
import org.jswtpm.engine.tpm12.Request;
import org.jswtpm.engine.tpm12.command.transport.ClientTransport;
import org.jswtpm.engine.tpm12.structure.ReservedHandle;
import org.jswtpm.engine.tpm12.structure.ResourceType;
import org.jswtpm.engine.tpm12.structure.TransportPublic;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/** Stories of transport sessions: in the clear and encrypted, logged, exclusive, with damaged commands inside. */
final class TransportScenes {
    private static final byte[] SECRET = Bytes.hex("5e".repeat(20)).toArray();
    private static final int HEADER = 10;

    private final Exchange tpm;
    private final Dice dice;
    private final Mutator mutator;

    TransportScenes(Exchange tpm, Dice dice) {
        this.tpm = tpm;
        this.dice = dice;
        mutator = new Mutator(dice.random(), ReservedHandle.SRK, KeptState.SIGNING_KEY, 0);
    }

    /** A session from its beginning to its end. */
    void play() {
        int attributes = dice.below(2) * TransportPublic.LOG | (dice.once(4) ? TransportPublic.EXCLUSIVE : 0);
        int kind = dice.below(7);
        int algorithm = dice.number(7, 6, 6, 8, 9, 10, 5);
        int scheme = dice.number(1, 4, 5, 2);
        boolean isEncrypted = kind > 1;
        if (kind > 2) {
            algorithm = kind == 3 ? 7 : 6;
            scheme = kind == 3 ? 1 : kind < 5 ? 4 : 5;
        }
        int chosenAlgorithm = isEncrypted ? algorithm : 0;
        int chosenScheme = isEncrypted ? scheme : 0;
        Both<Reply> established =
                tpm.sized(side -> establish(side, attributes, isEncrypted, chosenAlgorithm, chosenScheme));
        if (!Exchange.succeeded(established)) {
            return;
        }
        Both<ClientTransport> transport = new Both<>(
                session(established.ours(), chosenAlgorithm, chosenScheme),
                session(established.theirs(), chosenAlgorithm, chosenScheme));
        for (int i = dice.below(6); i >= 0; i--) {
            execute(transport);
        }
        release(transport);
        tpm.plain(side -> Exchange.flush(transport.of(side).handle(), ResourceType.TRANS));
    }

    private static Request establish(Side side, int attributes, boolean isEncrypted, int algorithm, int scheme) {
        Bytes secret = Bytes.copyOf(SECRET);
        if (isEncrypted) {
            byte[] message = new WireWriter().uint16(0x1D).octets(SECRET).toArray();
            secret = OwnedTpm.encrypt(KeyScenes.legacy(), message);
        }
        Request request = Request.of(Ordinal.ESTABLISH_TRANSPORT)
                .handle(isEncrypted ? KeptState.LEGACY_KEY : ReservedHandle.TRANSPORT)
                .u16(0x1E)
                .u32(attributes | (isEncrypted ? TransportPublic.ENCRYPT : 0))
                .u32(algorithm)
                .u16(scheme)
                .sized(secret)
                .undigestedResponse(4);
        return isEncrypted ? request.auth(side.oiap(KeptState.LEGACY).ending()) : request;
    }

    private static ClientTransport session(Reply established, int algorithm, int scheme) {
        WireReader in = established.reader();
        int handle = in.uint32();
        in.skip(36);
        return new ClientTransport(handle, SECRET, algorithm, scheme, in.octets(20));
    }

    private void execute(Both<ClientTransport> transport) {
        Request request = switch (dice.below(9)) {
            case 0 -> Request.of(Ordinal.EXTEND).u32(dice.below(25)).bytes(dice.octets(20));
            case 1 -> Request.of(Ordinal.PCR_READ).u32(dice.below(25));
            case 2 -> Request.of(Ordinal.SHA1_START);
            case 3 -> Request.of(Ordinal.SHA1_COMPLETE).sized(dice.octets(dice.below(70)));
            case 4 -> Request.of(Ordinal.GET_CAPABILITY).u32(5).sized(Bytes.hex("00000103"));
            case 5 -> Request.of(Ordinal.DELEGATE_READ_TABLE);
            case 6 -> Request.of(dice.below(0x100)).bytes(dice.octets(dice.below(8)));
            case 7 -> Request.of(Ordinal.READ_PUBEK).bytes(dice.octets(20));
            default -> Request.of(Ordinal.STIR_RANDOM).sized(dice.octets(dice.below(20)));
        };
        byte[] plain = request.toArray();
        byte[] command = dice.once(3) ? mutator.mutate(plain) : plain;
        Ordinal ordinal = Ordinal.of(
                (command[6] & 0xff) << 24 | (command[7] & 0xff) << 16 | (command[8] & 0xff) << 8 | command[9] & 0xff);
        if (ordinal == Ordinal.INIT || ordinal == Ordinal.FORCE_CLEAR) {
            return;
        }
        int inAt = HEADER + Math.min(ordinal == null ? 0 : ordinal.inputHandleSize(), command.length - HEADER);
        int outAt = HEADER + (ordinal == null ? 0 : ordinal.outputHandleSize());
        boolean isRandom = ordinal == Ordinal.OIAP
                || ordinal == Ordinal.GET_RANDOM
                || ordinal == Ordinal.GET_TICKS
                || ordinal == Ordinal.OSAP
                || ordinal == Ordinal.DSAP
                || ordinal == Ordinal.GET_AUDIT_DIGEST;
        tpm.finding(request, side -> {
            Bytes response = transport.of(side).send(side, command, inAt, outAt);
            return isRandom ? response.slice(0, HEADER) : response;
        });
    }

    private void release(Both<ClientTransport> transport) {
        Bytes nonce = dice.octets(20);
        boolean hasKey = !dice.once(4);
        Request plain = Request.of(Ordinal.RELEASE_TRANSPORT_SIGNED)
                .handle(hasKey ? KeptState.SIGNING_KEY : ReservedHandle.TRANSPORT)
                .bytes(nonce);
        byte[] digest = Hasher.digest(Digest.SHA1, Bytes.hex("000000e8").toArray(), nonce.toArray());
        tpm.finding(plain, side -> {
            Request request = Request.of(Ordinal.RELEASE_TRANSPORT_SIGNED)
                    .handle(hasKey ? KeptState.SIGNING_KEY : ReservedHandle.TRANSPORT)
                    .bytes(nonce);
            if (hasKey) {
                request = request.auth(side.oiap(KeptState.SIGNING).ending());
            }
            byte[] octets = Bytes.wrap(request.toArray())
                    .then(transport.of(side).authorization(digest))
                    .toArray();
            octets[1]++;
            octets[5] = (byte) octets.length;
            Reply reply = Reply.of(side.exchange(octets));
            return new WireWriter()
                    .uint32(reply.code())
                    .uint32(reply.octets().size())
                    .toBytes();
        });
    }
}
