package org.jswtpm.engine.tpm2.command.hash;

import static org.jswtpm.engine.tpm2.structure.TpmRc.LOCALITY;
import static org.jswtpm.engine.tpm2.structure.TpmRc.MODE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import java.util.ArrayList;
import java.util.List;
import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.object.SequenceObject;
import org.jswtpm.engine.tpm2.object.SequenceState;
import org.jswtpm.engine.tpm2.object.SlotAttributes;
import org.jswtpm.engine.tpm2.pcr.PcrBanks;
import org.jswtpm.engine.tpm2.structure.DigestValue;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.HashAlg;
import org.jswtpm.engine.tpm2.structure.TpmLimits;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM2_EventSequenceComplete: adds the last buffer to an event sequence, ends it, and extends a PCR with its digests.
 *
 * <p>Part 3, 17.7. Answers MODE at handle 2 for what is no event sequence, LOCALITY for a PCR that the locality may not
 * extend. For TPM_RH_NULL the digests are only returned.
 */
public final class EventSequenceComplete implements Command<EventSequenceComplete.In, List<DigestValue>> {
    private static final int PCR_HANDLE = 1;
    private static final int SEQUENCE_HANDLE = 2;
    private static final int BUFFER = 1;

    record In(Handle pcrHandle, Handle sequenceHandle, Bytes buffer) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(
                handles.get(PCR_HANDLE),
                handles.get(SEQUENCE_HANDLE),
                in.at(BUFFER).sized2(TpmLimits.MAX_DIGEST_BUFFER));
    }

    @Override
    public List<DigestValue> execute(In in, TpmState tpm) {
        SequenceObject sequence =
                Sequences.get(in.sequenceHandle, SlotAttributes.EVENT_SEQ, MODE.handle(SEQUENCE_HANDLE), tpm);
        boolean extending = !in.pcrHandle.equals(Handle.NULL);
        int pcr = in.pcrHandle.value();
        if (extending) {
            check(PcrBanks.isExtendAllowed(pcr, tpm.locality()), LOCALITY);
            if (PcrBanks.isStateSaved(pcr)) {
                tpm.clearOrderly();
            }
        }
        SequenceState.Event event = (SequenceState.Event) sequence.state();
        event.update(in.buffer.toArray());
        List<DigestValue> results = new ArrayList<>(event.count());
        for (int i = 0; i < event.count(); i++) {
            HashAlg hash = HashAlg.of(event.hash(i).algorithm().algId());
            byte[] digest = event.hash(i).digest();
            if (extending) {
                tpm.pcrs().extend(pcr, hash, digest);
            }
            results.add(new DigestValue(hash, Bytes.wrap(digest)));
        }
        Sequences.end(sequence);
        return results;
    }

    @Override
    public void marshal(List<DigestValue> results, WireWriter response) {
        DigestValue.marshalList(results, response);
    }
}
