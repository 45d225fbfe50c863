package org.jswtpm.engine.tpm2.command.asymmetric;

import static org.jswtpm.engine.tpm2.structure.TpmRc.ATTRIBUTES;
import static org.jswtpm.engine.tpm2.structure.TpmRc.ECC_POINT;
import static org.jswtpm.engine.tpm2.structure.TpmRc.KEY;
import static org.jswtpm.engine.tpm2.structure.TpmRc.NO_RESULT;
import static org.jswtpm.engine.tpm2.structure.TpmRc.SCHEME;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import java.util.Optional;
import org.jswtpm.engine.crypto.EccPoint;
import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.object.Ecc;
import org.jswtpm.engine.tpm2.object.TpmObject;
import org.jswtpm.engine.tpm2.structure.AlgId;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.ObjectAttributes;
import org.jswtpm.engine.tpm2.structure.PublicType;
import org.jswtpm.engine.tpm2.structure.TpmsEccPoint;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM2_ECDH_ZGen: the secret that a key shares with the owner of another one, whose public point is given.
 *
 * <p>Part 3, 14.5. Answers KEY at handle 1 for what is no ECC key, ATTRIBUTES at handle 1 for one that is restricted or not for
 * decryption, SCHEME at handle 1 for one of another scheme than ECDH, ECC_POINT at parameter 1 for a point that is not on the
 * curve, NO_RESULT if the result is the point at infinity.
 */
public final class EcdhZGen implements Command<EcdhZGen.In, EcdhZGen.Out> {
    private static final int KEY_HANDLE = 1;
    private static final int IN_POINT = 1;

    record In(Handle keyHandle, TpmsEccPoint inPoint) {}

    record Out(TpmsEccPoint outPoint) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(handles.get(KEY_HANDLE), TpmsEccPoint.unmarshalSized(in.at(IN_POINT)));
    }

    @Override
    public Out execute(In in, TpmState tpm) {
        TpmObject key = tpm.objects().object(in.keyHandle, KEY.handle(KEY_HANDLE));
        check(key.type() == PublicType.ECC, KEY.handle(KEY_HANDLE));
        ObjectAttributes attributes = key.publicAttributes();
        check(!attributes.restricted() && attributes.decrypt(), ATTRIBUTES.handle(KEY_HANDLE));
        AlgId scheme = key.publicArea().asymScheme().scheme();
        check(scheme == AlgId.ECDH || scheme.isNull(), SCHEME.handle(KEY_HANDLE));
        EccPoint point = Ecc.point(Ecc.curve(key.publicArea().ecc().parms().curve()), in.inPoint)
                .orElseThrow(ECC_POINT.parameter(IN_POINT)::exception);
        Optional<EccPoint> shared = key.sensitive().sensitive().use(point::times);
        return new Out(Ecc.structure(shared.orElseThrow(NO_RESULT::exception)));
    }

    @Override
    public void marshal(Out out, WireWriter response) {
        out.outPoint.marshalSized(response);
    }
}
