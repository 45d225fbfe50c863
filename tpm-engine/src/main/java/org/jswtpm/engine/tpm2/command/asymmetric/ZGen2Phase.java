package org.jswtpm.engine.tpm2.command.asymmetric;

import static org.jswtpm.engine.tpm2.structure.TpmRc.ATTRIBUTES;
import static org.jswtpm.engine.tpm2.structure.TpmRc.ECC_POINT;
import static org.jswtpm.engine.tpm2.structure.TpmRc.FAILURE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.KEY;
import static org.jswtpm.engine.tpm2.structure.TpmRc.NO_RESULT;
import static org.jswtpm.engine.tpm2.structure.TpmRc.SCHEME;
import static org.jswtpm.engine.tpm2.structure.TpmRc.TYPE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.VALUE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import java.util.Arrays;
import java.util.Optional;
import org.jswtpm.engine.crypto.EccCurve;
import org.jswtpm.engine.crypto.EccKeyExchange;
import org.jswtpm.engine.crypto.EccPoint;
import org.jswtpm.engine.crypto.EccPrivateKey;
import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.object.Ecc;
import org.jswtpm.engine.tpm2.object.TpmObject;
import org.jswtpm.engine.tpm2.profile.ProfileAttribute;
import org.jswtpm.engine.tpm2.structure.AlgId;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.ObjectAttributes;
import org.jswtpm.engine.tpm2.structure.PublicType;
import org.jswtpm.engine.tpm2.structure.TpmiAlg;
import org.jswtpm.engine.tpm2.structure.TpmsEccPoint;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM2_ZGen_2Phase: the secrets that a static key, and an ephemeral one of TPM2_EC_Ephemeral, share with two keys of another
 * party.
 *
 * <p>Part 3, 14.7. Answers TYPE if the profile forbids it, KEY at handle 1 for what is no ECC key, ATTRIBUTES at handle 1 for one that is restricted or not for
 * decryption, SCHEME at parameter 3 for another scheme than the key's, or one that is none for two phases, ECC_POINT at
 * parameter 1 or 2 for a point that is not on the curve, VALUE at parameter 4 for an ephemeral key that was not given out or is
 * used up, NO_RESULT if a result is the point at infinity.
 */
public final class ZGen2Phase implements Command<ZGen2Phase.In, ZGen2Phase.Out> {
    private static final int KEY_A = 1;
    private static final int IN_QSB = 1;
    private static final int IN_QEB = 2;
    private static final int IN_SCHEME = 3;
    private static final int COUNTER = 4;

    record In(Handle keyA, TpmsEccPoint inQsB, TpmsEccPoint inQeB, AlgId inScheme, int counter) {}

    record Out(TpmsEccPoint outZ1, TpmsEccPoint outZ2) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(
                handles.get(KEY_A),
                TpmsEccPoint.unmarshalSized(in.at(IN_QSB)),
                TpmsEccPoint.unmarshalSized(in.at(IN_QEB)),
                TpmiAlg.eccKeyExchange(in.at(IN_SCHEME), in.algorithms(), false),
                in.at(COUNTER).uint16());
    }

    @Override
    public Out execute(In in, TpmState tpm) {
        check(!tpm.profile().demands(ProfileAttribute.NO_ECC_KEY_DERIVATION), TYPE);
        TpmObject key = tpm.objects().object(in.keyA, KEY.handle(KEY_A));
        check(key.type() == PublicType.ECC, KEY.handle(KEY_A));
        ObjectAttributes attributes = key.publicAttributes();
        check(!attributes.restricted() && attributes.decrypt(), ATTRIBUTES.handle(KEY_A));
        AlgId ofKey = key.publicArea().asymScheme().scheme();
        check(ofKey.isNull() || ofKey == in.inScheme, SCHEME.parameter(IN_SCHEME));
        EccCurve curve = Ecc.curve(key.publicArea().ecc().parms().curve());
        EccPoint staticPoint = Ecc.point(curve, in.inQsB).orElseThrow(ECC_POINT.parameter(IN_QSB)::exception);
        EccPoint ephemeralPoint = Ecc.point(curve, in.inQeB).orElseThrow(ECC_POINT.parameter(IN_QEB)::exception);
        byte[] r = tpm.ephemeralKeys()
                .given(in.counter, curve, Bytes.EMPTY)
                .orElseThrow(VALUE.parameter(COUNTER)::exception);
        EccPrivateKey ephemeralKey = load(curve, r);
        Arrays.fill(r, (byte) 0);
        EccPrivateKey staticKey = key.sensitive().sensitive().use(scalar -> load(curve, scalar));
        Out out = exchange(in.inScheme, staticKey, ephemeralKey, staticPoint, ephemeralPoint);
        tpm.ephemeralKeys().end(in.counter);
        return out;
    }

    private static EccPrivateKey load(EccCurve curve, byte[] scalar) {
        return EccPrivateKey.load(curve, scalar).orElseThrow(FAILURE::exception);
    }

    private static Out exchange(
            AlgId scheme,
            EccPrivateKey staticKey,
            EccPrivateKey ephemeralKey,
            EccPoint staticPoint,
            EccPoint ephemeralPoint) {
        return switch (scheme) {
            case ECDH ->
                new Out(structure(staticPoint.times(staticKey)), structure(ephemeralPoint.times(ephemeralKey)));
            // libtpms falls into failure mode here
            case ECMQV -> single(EccKeyExchange.mqv(staticKey, ephemeralKey, staticPoint, ephemeralPoint));
            case SM2 -> single(EccKeyExchange.sm2(staticKey, ephemeralKey, staticPoint, ephemeralPoint));
            default -> throw SCHEME.parameter(IN_SCHEME).exception();
        };
    }

    private static Out single(Optional<EccPoint> z) {
        return new Out(structure(z), TpmsEccPoint.EMPTY);
    }

    private static TpmsEccPoint structure(Optional<EccPoint> z) {
        return Ecc.structure(z.orElseThrow(NO_RESULT::exception));
    }

    @Override
    public void marshal(Out out, WireWriter response) {
        out.outZ1.marshalSized(response);
        out.outZ2.marshalSized(response);
    }
}
