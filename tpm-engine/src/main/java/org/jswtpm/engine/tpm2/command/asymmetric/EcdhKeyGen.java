package org.jswtpm.engine.tpm2.command.asymmetric;

import static org.jswtpm.engine.tpm2.structure.TpmRc.KEY;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import java.util.Optional;
import org.jswtpm.engine.crypto.EccCurve;
import org.jswtpm.engine.crypto.EccPoint;
import org.jswtpm.engine.crypto.EccPrivateKey;
import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.object.Ecc;
import org.jswtpm.engine.tpm2.object.TpmObject;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.PublicKeyArea;
import org.jswtpm.engine.tpm2.structure.PublicType;
import org.jswtpm.engine.tpm2.structure.TpmsEccPoint;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM2_ECDH_KeyGen: makes an ephemeral key, and the secret that it shares with the owner of another key.
 *
 * <p>Part 3, 14.4. Answers KEY at handle 1 for what is no ECC key, or one that is not on its curve.
 */
public final class EcdhKeyGen implements Command<EcdhKeyGen.In, EcdhKeyGen.Out> {
    private static final int KEY_HANDLE = 1;

    record In(Handle keyHandle) {}

    record Out(TpmsEccPoint zPoint, TpmsEccPoint pubPoint) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(handles.get(KEY_HANDLE));
    }

    @Override
    public Out execute(In in, TpmState tpm) {
        TpmObject key = tpm.objects().object(in.keyHandle, KEY.handle(KEY_HANDLE));
        check(key.type() == PublicType.ECC, KEY.handle(KEY_HANDLE));
        PublicKeyArea.Ecc area = key.publicArea().ecc();
        EccCurve curve = Ecc.curve(area.parms().curve());
        EccPoint publicPoint = Ecc.point(curve, area.unique()).orElseThrow(KEY.handle(KEY_HANDLE)::exception);
        while (true) {
            EccPrivateKey ephemeral = EccPrivateKey.generate(curve, tpm.random());
            Optional<EccPoint> shared = publicPoint.times(ephemeral);
            if (shared.isPresent()) {
                return new Out(Ecc.structure(shared.get()), Ecc.structure(ephemeral.publicPoint()));
            }
        }
    }

    @Override
    public void marshal(Out out, WireWriter response) {
        out.zPoint.marshalSized(response);
        out.pubPoint.marshalSized(response);
    }
}
