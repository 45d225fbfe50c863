package org.jswtpm.engine.tpm2.command.integrity;

import static org.jswtpm.engine.tpm2.structure.TpmRc.LOCALITY;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import java.util.ArrayList;
import java.util.List;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.pcr.PcrBanks;
import org.jswtpm.engine.tpm2.structure.DigestValue;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.HashAlg;
import org.jswtpm.engine.tpm2.structure.TpmLimits;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM2_PCR_Event: hashes data with every hash algorithm and extends a PCR with the digests.
 *
 * <p>Part 3, 22.3. For TPM_RH_NULL the digests are only returned.
 */
public final class PcrEvent implements Command<PcrEvent.In, PcrEvent.Out> {
    private static final int EVENT_DATA = 1;
    private static final HashAlg[] BANKS = {HashAlg.SHA1, HashAlg.SHA256, HashAlg.SHA384, HashAlg.SHA512};

    record In(Handle pcrHandle, Bytes eventData) {}

    record Out(List<DigestValue> digests) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(handles.get(1), in.at(EVENT_DATA).sized2(TpmLimits.MAX_DIGEST_BUFFER));
    }

    @Override
    public Out execute(In in, TpmState tpm) {
        boolean extending = !in.pcrHandle.equals(Handle.NULL);
        int pcr = in.pcrHandle.value();
        if (extending) {
            check(PcrBanks.isExtendAllowed(pcr, tpm.locality()), LOCALITY);
            if (PcrBanks.isStateSaved(pcr)) {
                tpm.clearOrderly();
            }
        }
        byte[] data = in.eventData.toArray();
        List<DigestValue> digests = new ArrayList<>(BANKS.length);
        for (HashAlg hash : BANKS) {
            byte[] digest = Hasher.digest(hash.digest(), data);
            if (extending) {
                tpm.pcrs().extend(pcr, hash, digest);
            }
            digests.add(new DigestValue(hash, Bytes.wrap(digest)));
        }
        return new Out(digests);
    }

    @Override
    public void marshal(Out out, WireWriter response) {
        DigestValue.marshalList(out.digests, response);
    }
}
