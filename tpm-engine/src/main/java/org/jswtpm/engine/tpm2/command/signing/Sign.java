package org.jswtpm.engine.tpm2.command.signing;

import static org.jswtpm.engine.tpm2.structure.TpmRc.ATTRIBUTES;
import static org.jswtpm.engine.tpm2.structure.TpmRc.KEY;
import static org.jswtpm.engine.tpm2.structure.TpmRc.SCHEME;
import static org.jswtpm.engine.tpm2.structure.TpmRc.SIZE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.TICKET;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.hierarchy.Tickets;
import org.jswtpm.engine.tpm2.object.TpmObject;
import org.jswtpm.engine.tpm2.signing.SignScheme;
import org.jswtpm.engine.tpm2.signing.Signer;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmLimits;
import org.jswtpm.engine.tpm2.structure.TpmtAsymScheme;
import org.jswtpm.engine.tpm2.structure.TpmtSignature;
import org.jswtpm.engine.tpm2.structure.TpmtTicket;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM2_Sign: signs a digest that the caller has made, or the TPM; a restricted key signs the TPM's only.
 *
 * <p>Part 3, 20.2. Answers KEY or ATTRIBUTES at handle 1 for a key that may not sign here, SCHEME at parameter 2, TICKET at
 * parameter 3, SIZE at parameter 1 for what is no digest of the scheme, and VALUE for a commitment that does not exist.
 */
public final class Sign implements Command<Sign.In, TpmtSignature> {
    private static final int KEY_HANDLE = 1;
    private static final int DIGEST = 1;
    private static final int IN_SCHEME = 2;
    private static final int VALIDATION = 3;

    record In(Handle keyHandle, Bytes digest, TpmtAsymScheme inScheme, TpmtTicket validation) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(
                handles.get(KEY_HANDLE),
                in.at(DIGEST).sized2(TpmLimits.MAX_DIGEST_SIZE),
                TpmtAsymScheme.unmarshalSigOrNull(in.at(IN_SCHEME), in.algorithms()),
                TpmtTicket.unmarshalHashCheck(in.at(VALIDATION)));
    }

    @Override
    public TpmtSignature execute(In in, TpmState tpm) {
        TpmObject key = tpm.objects().object(in.keyHandle, KEY.handle(KEY_HANDLE));
        check(SignScheme.isSigner(key), KEY.handle(KEY_HANDLE));
        check(!key.publicAttributes().x509Sign(), ATTRIBUTES.handle(KEY_HANDLE));
        TpmtAsymScheme scheme = SignScheme.select(key, in.inScheme).orElseThrow(SCHEME.parameter(IN_SCHEME)::exception);
        if (key.publicAttributes().restricted() || !in.validation.isNull()) {
            TpmtTicket right =
                    new Tickets(tpm.hierarchies()).hashCheck(in.validation.hierarchy(), scheme.hash(), in.digest);
            check(in.validation.hasDigestOf(right), TICKET.parameter(VALIDATION));
        } else {
            check(in.digest.size() == scheme.hash().digestSize(), SIZE.parameter(DIGEST));
        }
        return new Signer(tpm.profile(), tpm.ephemeralKeys(), tpm.random(), tpm.helpers())
                .sign(key, scheme, in.digest.toArray());
    }

    @Override
    public void marshal(TpmtSignature out, WireWriter response) {
        out.marshal(response);
    }
}
