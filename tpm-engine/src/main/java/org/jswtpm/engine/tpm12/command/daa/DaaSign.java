package org.jswtpm.engine.tpm12.command.daa;

import static org.jswtpm.engine.tpm12.structure.TpmResult.DAA_INPUT_DATA0;
import static org.jswtpm.engine.tpm12.structure.TpmResult.DAA_INPUT_DATA1;
import static org.jswtpm.engine.tpm12.structure.TpmResult.DAA_STAGE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.ParameterReader;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.daa.DaaInput;
import org.jswtpm.engine.tpm12.daa.DaaProof;
import org.jswtpm.engine.tpm12.daa.DaaSession;
import org.jswtpm.engine.tpm12.daa.DaaSigning;
import org.jswtpm.engine.tpm12.structure.KeyUsage;
import org.jswtpm.engine.tpm12.structure.TpmKey;
import org.jswtpm.engine.tpm12.structure.TpmLimits;
import org.jswtpm.engine.tpm12.structure.TpmResult;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.TpmException;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_DAA_Sign: signs an identity or a digest with a credential for Direct Anonymous Attestation, in 16 stages. Each is a command;
 * one that fails ends the session, which is the dispatcher's to do.
 *
 * <p>Part 3, 26.2. TPM_AUTHFAIL; TPM_RESOURCES; TPM_BAD_HANDLE, TPM_DAA_STAGE, TPM_DAA_TPM_SETTINGS, TPM_DAA_ISSUER_SETTINGS; and what
 * the stages answer.
 */
public final class DaaSign implements Command<DaaRequest, Bytes> {
    private static final int FIRST_STAGE_WITH_SECRETS = 2;
    private static final int LAST_STAGE = 15;

    private static final int SELECT_IDENTITY = 0;
    private static final int SELECT_DIGEST = 1;

    @Override
    public DaaRequest unmarshal(ParameterReader in) {
        return DaaRequest.unmarshal(in);
    }

    @Override
    public Bytes execute(DaaRequest in, TpmState tpm, Authorizations auth) {
        auth.first().byOwner();
        if (in.stage() == 0) {
            DaaRequest.checkRoom(tpm);
            return DaaRequest.add(DaaSigning.begin(in.input()), tpm);
        }
        DaaSession session = in.session(tpm);
        if (in.stage() >= FIRST_STAGE_WITH_SECRETS) {
            session.checkSign();
            session.checkIssuer();
        }
        Bytes outputData = run(in.stage(), session, in.input(), tpm);
        session.nextStage();
        if (in.stage() == LAST_STAGE) {
            tpm.daaSessions().terminate(in.handle());
        }
        return outputData;
    }

    private static Bytes run(int stage, DaaSession session, DaaInput in, TpmState tpm) {
        switch (stage) {
            case 1 -> DaaSigning.takeTpm(session, in, tpm.permanent());
            case 2 -> DaaProof.commitR0(session, in, tpm.random());
            case 3 -> DaaProof.commitR1(session, in);
            case 4 -> DaaProof.commitS0(session, in);
            case 6 -> DaaProof.takeW(session, in);
            case 14 -> DaaSigning.carryV0(session, in, tpm.permanent());
            default -> {
                return runWithOutput(stage, session, in, tpm);
            }
        }
        return Bytes.EMPTY;
    }

    private static Bytes runWithOutput(int stage, DaaSession session, DaaInput in, TpmState tpm) {
        return switch (stage) {
            case 5 -> DaaSigning.commitS1(session, in);
            case 7 -> DaaProof.pseudonym(session, in, tpm.random());
            case 8 -> DaaProof.commitPseudonym(session, in);
            case 9 -> DaaProof.challenge(session, in, tpm.random());
            case 10 -> bind(session, in, tpm);
            case 11 -> DaaProof.respondF0(session);
            case 12 -> DaaProof.respondF1(session);
            case 13 -> DaaSigning.respondV0(session, in, tpm.permanent());
            case LAST_STAGE -> DaaSigning.respondV1(session, in, tpm.permanent());
            default -> throw DAA_STAGE.exception();
        };
    }

    private static Bytes bind(DaaSession session, DaaInput in, TpmState tpm) {
        check(in.data0().size() == 1, DAA_INPUT_DATA0);
        int selector = in.data0().get(0);
        Bytes signed = switch (selector) {
            case SELECT_IDENTITY -> identity(in.data1(), tpm).pubKey();
            case SELECT_DIGEST -> {
                check(in.data1().size() == TpmLimits.DIGEST_SIZE, DAA_INPUT_DATA1);
                yield in.data1();
            }
            default -> throw DAA_INPUT_DATA0.exception();
        };
        return DaaSigning.bind(session, selector, signed);
    }

    /** The identity with the handle in inputData1; else TPM_DAA_INPUT_DATA1. */
    private static TpmKey identity(Bytes data1, TpmState tpm) {
        check(data1.size() == Integer.BYTES, DAA_INPUT_DATA1);
        int handle = WireReader.over(data1, TpmResult.WIRE_FAULTS).uint32();
        try {
            TpmKey key = tpm.keyForReading(handle).publicPart();
            check(key.keyUsage() == KeyUsage.IDENTITY, DAA_INPUT_DATA1);
            return key;
        } catch (TpmException e) {
            throw DAA_INPUT_DATA1.exception();
        }
    }

    @Override
    public void marshal(Bytes out, WireWriter response) {
        response.sized4(out);
    }
}
