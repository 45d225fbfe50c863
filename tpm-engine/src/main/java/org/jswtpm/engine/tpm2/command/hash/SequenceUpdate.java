package org.jswtpm.engine.tpm2.command.hash;

import static org.jswtpm.engine.tpm2.structure.TpmRc.MODE;

import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.object.SlotAttributes;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmLimits;
import org.jswtpm.engine.wire.Bytes;

/**
 * TPM2_SequenceUpdate: adds a buffer to a sequence.
 *
 * <p>Part 3, 17.5. Answers MODE at handle 1 for what is no sequence.
 */
public final class SequenceUpdate implements Command<SequenceUpdate.In, Void> {
    private static final int SEQUENCE_HANDLE = 1;
    private static final int BUFFER = 1;
    private static final int ANY = SlotAttributes.HASH_SEQ | SlotAttributes.HMAC_SEQ | SlotAttributes.EVENT_SEQ;

    record In(Handle sequenceHandle, Bytes buffer) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(handles.get(SEQUENCE_HANDLE), in.at(BUFFER).sized2(TpmLimits.MAX_DIGEST_BUFFER));
    }

    @Override
    public Void execute(In in, TpmState tpm) {
        Sequences.update(Sequences.get(in.sequenceHandle, ANY, MODE.handle(SEQUENCE_HANDLE), tpm), in.buffer.toArray());
        return null;
    }
}
