package org.jswtpm.engine.tpm2.command.hash;

import static org.jswtpm.engine.tpm2.structure.TpmRc.MODE;

import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.object.SequenceObject;
import org.jswtpm.engine.tpm2.object.SequenceState;
import org.jswtpm.engine.tpm2.object.SlotAttributes;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.HashAlg;
import org.jswtpm.engine.tpm2.structure.TpmLimits;
import org.jswtpm.engine.tpm2.structure.TpmiHandle;
import org.jswtpm.engine.tpm2.structure.TpmtTicket;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM2_SequenceComplete: adds the last buffer to a hash or MAC, ends it, and gives the result.
 *
 * <p>Part 3, 17.6. Answers MODE at handle 1 for what is neither.
 */
public final class SequenceComplete implements Command<SequenceComplete.In, SequenceComplete.Out> {
    private static final int SEQUENCE_HANDLE = 1;
    private static final int BUFFER = 1;
    private static final int HIERARCHY = 2;
    private static final int HASH_OR_MAC = SlotAttributes.HASH_SEQ | SlotAttributes.HMAC_SEQ;

    record In(Handle sequenceHandle, Bytes buffer, Handle hierarchy) {}

    record Out(Bytes result, TpmtTicket validation) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(
                handles.get(SEQUENCE_HANDLE),
                in.at(BUFFER).sized2(TpmLimits.MAX_DIGEST_BUFFER),
                TpmiHandle.hierarchy(in.at(HIERARCHY), true));
    }

    @Override
    public Out execute(In in, TpmState tpm) {
        SequenceObject sequence = Sequences.get(in.sequenceHandle, HASH_OR_MAC, MODE.handle(SEQUENCE_HANDLE), tpm);
        Sequences.update(sequence, in.buffer.toArray());
        Bytes result = Bytes.wrap(sequence.state().complete());
        Sequences.end(sequence);
        if (!(sequence.state() instanceof SequenceState.Hash hash)) {
            return new Out(result, HashTicket.none());
        }
        boolean safe = sequence.attributes().has(SlotAttributes.TICKET_SAFE);
        HashAlg algorithm = HashAlg.of(hash.hash().algorithm().algId());
        return new Out(result, HashTicket.of(in.hierarchy, algorithm, result, safe, tpm));
    }

    @Override
    public void marshal(Out out, WireWriter response) {
        response.sized2(out.result);
        out.validation.marshal(response);
    }
}
