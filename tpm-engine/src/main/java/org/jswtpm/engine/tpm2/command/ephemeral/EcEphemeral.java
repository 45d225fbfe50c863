package org.jswtpm.engine.tpm2.command.ephemeral;

import static org.jswtpm.engine.tpm2.structure.TpmRc.NO_RESULT;
import static org.jswtpm.engine.tpm2.structure.TpmRc.TYPE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import java.util.Arrays;
import java.util.Optional;
import org.jswtpm.engine.crypto.EccPoint;
import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.object.Ecc;
import org.jswtpm.engine.tpm2.profile.ProfileAttribute;
import org.jswtpm.engine.tpm2.structure.EccCurve;
import org.jswtpm.engine.tpm2.structure.TpmsEccPoint;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM2_EC_Ephemeral: makes an ephemeral key for a two-phase key exchange, and gives its public point.
 *
 * <p>Part 3, 19.3. Answers NO_RESULT if no key was found, which is as good as never.
 */
public final class EcEphemeral implements Command<EcEphemeral.In, EcEphemeral.Out> {
    private static final int CURVE_ID = 1;

    record In(EccCurve curve) {}

    record Out(TpmsEccPoint q, int counter) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(EccCurve.unmarshal(in.at(CURVE_ID), in.algorithms()));
    }

    @Override
    public Out execute(In in, TpmState tpm) {
        check(!tpm.profile().demands(ProfileAttribute.NO_ECC_KEY_DERIVATION), TYPE);
        var curve = Ecc.curve(in.curve);
        byte[] r = tpm.ephemeralKeys().next(curve, Bytes.EMPTY).orElseThrow(NO_RESULT::exception);
        Optional<EccPoint> q = curve.generator().times(r);
        Arrays.fill(r, (byte) 0);
        TpmsEccPoint point = Ecc.structure(q.orElseThrow(NO_RESULT::exception));
        return new Out(point, tpm.ephemeralKeys().commit());
    }

    @Override
    public void marshal(Out out, WireWriter response) {
        out.q.marshalSized(response);
        response.uint16(out.counter);
    }
}
