package org.jswtpm.engine.tpm2.command.hash;

import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.hierarchy.Tickets;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.HashAlg;
import org.jswtpm.engine.tpm2.structure.TpmLimits;
import org.jswtpm.engine.tpm2.structure.TpmiHandle;
import org.jswtpm.engine.tpm2.structure.TpmtTicket;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM2_Hash: the digest of one buffer, and a ticket for it.
 *
 * <p>Part 3, 15.4. Data that are too short to begin with TPM_GENERATED_VALUE get a ticket, other than at the end of a
 * sequence; so does libtpms.
 */
public final class Hash implements Command<Hash.In, Hash.Out> {
    private static final int DATA = 1;
    private static final int HASH_ALG = 2;
    private static final int HIERARCHY = 3;

    record In(Bytes data, HashAlg hashAlg, Handle hierarchy) {}

    record Out(Bytes outHash, TpmtTicket validation) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(
                in.at(DATA).sized2(TpmLimits.MAX_DIGEST_BUFFER),
                HashAlg.unmarshal(in.at(HASH_ALG), in.algorithms()),
                TpmiHandle.hierarchy(in.at(HIERARCHY), true));
    }

    @Override
    public Out execute(In in, TpmState tpm) {
        byte[] data = in.data.toArray();
        Bytes digest = Bytes.wrap(Hasher.digest(in.hashAlg.digest(), data));
        boolean safe = data.length < Integer.BYTES || Tickets.isSafe(data);
        return new Out(digest, HashTicket.of(in.hierarchy, in.hashAlg, digest, safe, tpm));
    }

    @Override
    public void marshal(Out out, WireWriter response) {
        response.sized2(out.outHash);
        out.validation.marshal(response);
    }
}
