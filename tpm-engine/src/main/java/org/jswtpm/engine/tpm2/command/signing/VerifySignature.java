package org.jswtpm.engine.tpm2.command.signing;

import static org.jswtpm.engine.tpm2.structure.TpmRc.ATTRIBUTES;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.hierarchy.Tickets;
import org.jswtpm.engine.tpm2.object.TpmObject;
import org.jswtpm.engine.tpm2.signing.Verifier;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.StructureTag;
import org.jswtpm.engine.tpm2.structure.TpmLimits;
import org.jswtpm.engine.tpm2.structure.TpmtSignature;
import org.jswtpm.engine.tpm2.structure.TpmtTicket;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM2_VerifySignature: whether a key signed a digest, with a ticket by which TPM2_PolicyAuthorize believes it.
 *
 * <p>Part 3, 20.1. Answers ATTRIBUTES at handle 1 for a key that does not sign; SCHEME, HANDLE or SIGNATURE at parameter 2.
 */
public final class VerifySignature implements Command<VerifySignature.In, TpmtTicket> {
    private static final int KEY_HANDLE = 1;
    private static final int DIGEST = 1;
    private static final int SIGNATURE = 2;

    record In(Handle keyHandle, Bytes digest, TpmtSignature signature) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(
                handles.get(KEY_HANDLE),
                in.at(DIGEST).sized2(TpmLimits.MAX_DIGEST_SIZE),
                TpmtSignature.unmarshal(in.at(SIGNATURE), in.algorithms()));
    }

    @Override
    public TpmtTicket execute(In in, TpmState tpm) {
        TpmObject key = tpm.objects().object(in.keyHandle, ATTRIBUTES.handle(KEY_HANDLE));
        check(key.publicAttributes().sign(), ATTRIBUTES.handle(KEY_HANDLE));
        Verifier.verify(key, in.digest.toArray(), in.signature, SIGNATURE, tpm.profile());
        if (key.hierarchy().equals(Handle.NULL) || key.nameAlg().isNull()) {
            return TpmtTicket.nullTicket(StructureTag.VERIFIED);
        }
        return new Tickets(tpm.hierarchies()).verified(key.hierarchy(), in.digest, key.name());
    }

    @Override
    public void marshal(TpmtTicket out, WireWriter response) {
        out.marshal(response);
    }
}
