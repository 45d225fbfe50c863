package org.jswtpm.engine.tpm12.command.daa;

import static org.jswtpm.engine.tpm12.structure.TpmResult.DAA_STAGE;

import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.ParameterReader;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.daa.DaaInput;
import org.jswtpm.engine.tpm12.daa.DaaJoining;
import org.jswtpm.engine.tpm12.daa.DaaProof;
import org.jswtpm.engine.tpm12.daa.DaaSession;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_DAA_Join: gets a credential for Direct Anonymous Attestation from an issuer, in 25 stages. Each is a command; one that fails
 * ends the session, which is the dispatcher's to do.
 *
 * <p>Part 3, 26.1. TPM_AUTHFAIL; TPM_RESOURCES; TPM_BAD_HANDLE, TPM_DAA_STAGE, TPM_DAA_TPM_SETTINGS, TPM_DAA_ISSUER_SETTINGS; and what
 * the stages answer.
 */
public final class DaaJoin implements Command<DaaRequest, Bytes> {
    private static final int FIRST_STAGE_WITH_ISSUER = 3;
    private static final int LAST_STAGE = 24;

    @Override
    public DaaRequest unmarshal(ParameterReader in) {
        return DaaRequest.unmarshal(in);
    }

    @Override
    public Bytes execute(DaaRequest in, TpmState tpm, Authorizations auth) {
        auth.first().byOwner();
        if (in.stage() == 0) {
            DaaRequest.checkRoom(tpm);
            return DaaRequest.add(DaaJoining.begin(in.input()), tpm);
        }
        DaaSession session = in.session(tpm);
        session.checkJoin();
        if (in.stage() >= FIRST_STAGE_WITH_ISSUER) {
            session.checkIssuer();
        }
        Bytes outputData = run(in.stage(), session, in.input(), tpm);
        if (in.stage() > 1) { // the first stage can come several times, and says itself when it is over
            session.nextStage();
        }
        if (in.stage() == LAST_STAGE) {
            tpm.daaSessions().terminate(in.handle());
        }
        return outputData;
    }

    private static Bytes run(int stage, DaaSession session, DaaInput in, TpmState tpm) {
        switch (stage) {
            case 1 -> DaaJoining.takeIssuerKey(session, in, tpm.permanent());
            case 2 -> DaaJoining.takeIssuer(session, in);
            case 3 -> DaaJoining.generate(session, in, tpm.random());
            case 4 -> DaaJoining.commitF0(session, in);
            case 5 -> DaaJoining.commitF1(session, in);
            case 6 -> DaaJoining.commitU0(session, in);
            case 9 -> DaaProof.commitR0(session, in, tpm.random());
            case 10 -> DaaProof.commitR1(session, in);
            case 11 -> DaaProof.commitS0(session, in);
            case 13 -> DaaProof.takeW(session, in);
            default -> {
                return runWithOutput(stage, session, in, tpm);
            }
        }
        return Bytes.EMPTY;
    }

    private static Bytes runWithOutput(int stage, DaaSession session, DaaInput in, TpmState tpm) {
        return switch (stage) {
            case 7 -> DaaJoining.commitU1(session, in);
            case 8 -> DaaJoining.proveEndorsement(session, in, tpm.permanent());
            case 12 -> DaaJoining.commitS1(session, in);
            case 14 -> DaaProof.pseudonym(session, in, tpm.random());
            case 15 -> DaaProof.commitPseudonym(session, in);
            case 16 -> DaaProof.challenge(session, in, tpm.random());
            case 17 -> DaaProof.respondF0(session);
            case 18 -> DaaProof.respondF1(session);
            case 19 -> DaaJoining.respondU0(session);
            case 20 -> DaaJoining.carryU0(session);
            case 21 -> DaaJoining.respondU1(session);
            case 22 -> DaaJoining.completeV0(session, in, tpm.permanent());
            case 23 -> DaaJoining.completeV1(session, in, tpm.permanent());
            case LAST_STAGE -> DaaJoining.complete(session, tpm.permanent());
            default -> throw DAA_STAGE.exception();
        };
    }

    @Override
    public void marshal(Bytes out, WireWriter response) {
        response.sized4(out);
    }
}
