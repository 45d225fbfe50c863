package org.jswtpm.engine.tpm2.object;

import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.HashAlg;
import org.jswtpm.engine.tpm2.structure.ObjectAttributes;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;

/** A hash, HMAC or event sequence (Part 1, 32.4): HASH_OBJECT of libtpms, which has neither Name nor hierarchy. */
public final class SequenceObject implements SlotObject {
    private static final ObjectAttributes NO_DA = new ObjectAttributes(ObjectAttributes.NO_DA);

    private final Secret auth;
    private final SequenceState state;
    private SlotAttributes attributes;

    /** Takes {@code auth} and {@code state}. */
    public SequenceObject(Secret auth, SequenceState state, SlotAttributes attributes) {
        this.auth = auth;
        this.state = state;
        this.attributes = attributes;
    }

    /** A sequence that begins. */
    public static SequenceObject begin(Secret auth, SequenceState state) {
        SlotAttributes attributes =
                new SlotAttributes(SlotAttributes.OCCUPIED | SlotAttributes.TEMPORARY | state.slotAttribute());
        return new SequenceObject(auth, state, attributes);
    }

    /** The running hash. */
    public SequenceState state() {
        return state;
    }

    @Override
    public SlotAttributes attributes() {
        return attributes;
    }

    public void setAttributes(SlotAttributes attributes) {
        this.attributes = attributes;
    }

    @Override
    public ObjectAttributes publicAttributes() {
        return NO_DA;
    }

    @Override
    public HashAlg nameAlg() {
        return HashAlg.NULL;
    }

    @Override
    public Bytes name() {
        return Bytes.EMPTY;
    }

    @Override
    public Bytes qualifiedName() {
        return Bytes.EMPTY;
    }

    @Override
    public Bytes authPolicy() {
        return Bytes.EMPTY;
    }

    @Override
    public Secret auth() {
        return auth;
    }

    @Override
    public Handle hierarchy() {
        return Handle.NULL;
    }

    @Override
    public void wipe() {
        auth.close();
        state.wipe();
    }
}
