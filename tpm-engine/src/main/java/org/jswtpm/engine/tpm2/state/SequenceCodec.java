package org.jswtpm.engine.tpm2.state;

import static org.jswtpm.engine.tpm2.state.StateBlock.HASH_OBJECT;

import java.util.Optional;
import org.jswtpm.engine.crypto.HashSequence;
import org.jswtpm.engine.crypto.HmacSequence;
import org.jswtpm.engine.tpm2.object.SequenceObject;
import org.jswtpm.engine.tpm2.object.SequenceState;
import org.jswtpm.engine.tpm2.object.SlotAttributes;
import org.jswtpm.engine.tpm2.structure.AlgId;
import org.jswtpm.engine.tpm2.structure.HashAlg;
import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.WireWriter;

/**
 * Reads and writes HASH_OBJECT, a hash, HMAC or event sequence. A MAC with a block cipher is not among them: what libtpms
 * writes of one cannot be read again.
 */
final class SequenceCodec {
    /** There is room for a hash of each bank; a hash sequence uses the first. */
    private static final int HASHES = 4;

    private static final int MAX_BLOCK = 128;
    private static final int EVENTS_SINCE = 3;

    private SequenceCodec() {}

    static void write(SequenceObject sequence, WireWriter out) {
        StateWriter.header(out, HASH_OBJECT);
        AlgId.NULL.marshal(out);
        HashAlg.NULL.marshal(out);
        sequence.publicAttributes().marshal(out);
        out.secret2(sequence.auth());
        switch (sequence.state().slotAttribute()) {
            case SlotAttributes.HASH_SEQ -> writeHash(((SequenceState.Hash) sequence.state()).hash(), out);
            case SlotAttributes.EVENT_SEQ -> writeEvent((SequenceState.Event) sequence.state(), out);
            default -> writeHmac(((SequenceState.Hmac) sequence.state()).hmac(), out);
        }
        StateWriter.end(out);
    }

    private static void writeHash(HashSequence hash, WireWriter out) {
        out.uint16(HASHES);
        HashStateCodec.write(hash.state(), HashStateCodec.TYPE_HASH, out);
        for (int i = 1; i < HASHES; i++) {
            HashStateCodec.writeNone(out);
        }
    }

    private static void writeEvent(SequenceState.Event event, WireWriter out) {
        out.uint16(HASHES);
        for (int i = 0; i < HASHES; i++) {
            HashStateCodec.write(event.hash(i).state(), HashStateCodec.TYPE_HASH, out);
        }
    }

    private static void writeHmac(HmacSequence hmac, WireWriter out) {
        HashStateCodec.write(hmac.innerState(), HashStateCodec.TYPE_HMAC, out);
        try (Secret outerKey = Secret.take(hmac.outerKey())) {
            out.secret2(outerKey);
        }
    }

    static SequenceObject read(StateReader in, SlotAttributes attributes) {
        if (!attributes.isOneSequence()) {
            throw in.fault("are those of several sequences");
        }
        int version = in.header(HASH_OBJECT);
        in.at("HASH_OBJECT.type, nameAlg, objectAttributes").octets(2 + 2 + 4);
        Secret auth = in.at("HASH_OBJECT.auth").secret();
        SequenceState state =
                attributes.has(SlotAttributes.HMAC_SEQ) ? readHmac(in) : readHashes(in, attributes, version);
        in.at("HASH_OBJECT").end(version);
        return new SequenceObject(auth, state, attributes);
    }

    private static SequenceState readHmac(StateReader in) {
        HashSequence.State inner = needed(in, HashStateCodec.read(in));
        Secret outerKey = in.at("HMAC_STATE.hmacKey").wire().secret2(MAX_BLOCK);
        if (outerKey.size() != inner.algorithm().blockSize()) {
            throw in.fault("has " + outerKey.size() + " octets");
        }
        try (outerKey) {
            return new SequenceState.Hmac(outerKey.use(key -> HmacSequence.restore(inner, key)));
        } finally {
            inner.wipe();
        }
    }

    private static SequenceState readHashes(StateReader in, SlotAttributes attributes, int version) {
        boolean isEvent = attributes.has(SlotAttributes.EVENT_SEQ);
        if (isEvent && version < EVENTS_SINCE) {
            throw in.fault("is an event sequence, which version " + version + " does not hold");
        }
        in.at("HASH_OBJECT.hashState, its size").count(HASHES);
        HashSequence[] hashes = new HashSequence[HASHES];
        for (int i = 0; i < HASHES; i++) {
            Optional<HashSequence.State> state = HashStateCodec.read(in);
            if (i == 0 || isEvent) {
                hashes[i] = HashSequence.restore(needed(in, state));
            }
        }
        return isEvent ? new SequenceState.Event(hashes) : new SequenceState.Hash(hashes[0]);
    }

    private static HashSequence.State needed(StateReader in, Optional<HashSequence.State> state) {
        return state.orElseThrow(() -> in.fault("is no hash"));
    }
}
