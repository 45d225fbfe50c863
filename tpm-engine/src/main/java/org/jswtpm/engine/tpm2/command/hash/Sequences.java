package org.jswtpm.engine.tpm2.command.hash;

import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.hierarchy.Tickets;
import org.jswtpm.engine.tpm2.object.SequenceObject;
import org.jswtpm.engine.tpm2.object.SlotAttributes;
import org.jswtpm.engine.tpm2.object.SlotObject;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmRc;

/** What the commands on sequences have in common. */
final class Sequences {
    private Sequences() {}

    /** The sequence {@code handle} if it is of one of the kinds; else {@code otherwise}. */
    static SequenceObject get(Handle handle, int kinds, TpmRc otherwise, TpmState tpm) {
        SlotObject object = tpm.objects().get(handle);
        check((object.attributes().bits() & kinds) != 0, otherwise);
        return (SequenceObject) object;
    }

    /** Adds data to a sequence. The first of a hash decide whether a ticket may be made. */
    static void update(SequenceObject sequence, byte[] data) {
        SlotAttributes attributes = sequence.attributes();
        if (attributes.has(SlotAttributes.HASH_SEQ) && !attributes.has(SlotAttributes.FIRST_BLOCK)) {
            int safe = Tickets.isSafe(data) ? SlotAttributes.TICKET_SAFE : 0;
            sequence.setAttributes(attributes.with(SlotAttributes.FIRST_BLOCK | safe));
        }
        sequence.state().update(data);
    }

    /** Ends a sequence: its slot is free once the response is made, which its auth value may have to seal. */
    static void end(SequenceObject sequence) {
        sequence.setAttributes(sequence.attributes().with(SlotAttributes.EVICT));
    }
}
