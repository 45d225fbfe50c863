package org.jswtpm.engine.tpm2.command.attestation;

import static org.jswtpm.engine.tpm2.structure.TpmRc.TICKET;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.hierarchy.Tickets;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmLimits;
import org.jswtpm.engine.tpm2.structure.TpmtAsymScheme;
import org.jswtpm.engine.tpm2.structure.TpmtTicket;
import org.jswtpm.engine.tpm2.structure.TpmuAttest;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM2_CertifyCreation: this TPM made an object, in circumstances whose digest is given.
 *
 * <p>Part 3, 18.3. Answers KEY at handle 1, SCHEME at parameter 3, and TICKET at parameter 4.
 */
public final class CertifyCreation implements Command<CertifyCreation.In, Attestation.Signed> {
    private static final int SIGN_HANDLE = 1;
    private static final int OBJECT_HANDLE = 2;
    private static final int QUALIFYING_DATA = 1;
    private static final int CREATION_HASH = 2;
    private static final int IN_SCHEME = 3;
    private static final int CREATION_TICKET = 4;

    record In(
            Handle signHandle,
            Handle objectHandle,
            Bytes qualifyingData,
            Bytes creationHash,
            TpmtAsymScheme inScheme,
            TpmtTicket creationTicket) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(
                handles.get(SIGN_HANDLE),
                handles.get(OBJECT_HANDLE),
                in.at(QUALIFYING_DATA).sized2(TpmLimits.MAX_DATA_SIZE),
                in.at(CREATION_HASH).sized2(TpmLimits.MAX_DIGEST_SIZE),
                TpmtAsymScheme.unmarshalSigOrNull(in.at(IN_SCHEME), in.algorithms()),
                TpmtTicket.unmarshalCreation(in.at(CREATION_TICKET)));
    }

    @Override
    public Attestation.Signed execute(In in, TpmState tpm) {
        Attestation attestation = Attestation.by(in.signHandle, SIGN_HANDLE, in.inScheme, IN_SCHEME, tpm);
        Bytes name = tpm.objects().get(in.objectHandle).name();
        TpmtTicket right =
                new Tickets(tpm.hierarchies()).creation(in.creationTicket.hierarchy(), name, in.creationHash);
        check(in.creationTicket.hasDigestOf(right), TICKET.parameter(CREATION_TICKET));
        return attestation.sign(new TpmuAttest.Creation(name, in.creationHash), in.qualifyingData, tpm);
    }

    @Override
    public void marshal(Attestation.Signed out, WireWriter response) {
        out.marshal(response);
    }
}
