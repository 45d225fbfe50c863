package org.jswtpm.engine.tpm2.command.ephemeral;

import static org.jswtpm.engine.tpm2.structure.TpmRc.CANCELED;
import static org.jswtpm.engine.tpm2.structure.TpmRc.ECC_POINT;
import static org.jswtpm.engine.tpm2.structure.TpmRc.HASH;
import static org.jswtpm.engine.tpm2.structure.TpmRc.KEY;
import static org.jswtpm.engine.tpm2.structure.TpmRc.NO_RESULT;
import static org.jswtpm.engine.tpm2.structure.TpmRc.SCHEME;
import static org.jswtpm.engine.tpm2.structure.TpmRc.SIZE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.TYPE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import java.util.Arrays;
import java.util.Optional;
import org.jswtpm.engine.crypto.EccCurve;
import org.jswtpm.engine.crypto.EccPoint;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.object.Ecc;
import org.jswtpm.engine.tpm2.object.TpmObject;
import org.jswtpm.engine.tpm2.profile.ProfileAttribute;
import org.jswtpm.engine.tpm2.structure.AlgId;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.PublicType;
import org.jswtpm.engine.tpm2.structure.TpmLimits;
import org.jswtpm.engine.tpm2.structure.TpmsEccPoint;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM2_Commit: the first half of an anonymous signature (ECDAA), to which TPM2_Sign or an attestation gives the other half.
 *
 * <p>Part 3, 19.2. Answers KEY or SCHEME at handle 1 for a key that is none of ECDAA, SIZE at parameter 3 if only one of s2 and y2 is
 * given, HASH at handle 1, ECC_POINT at parameter 2 or 1 for a point that is not on the curve, and NO_RESULT.
 */
public final class Commit implements Command<Commit.In, Commit.Out> {
    private static final int SIGN_HANDLE = 1;
    private static final int P1 = 1;
    private static final int S2 = 2;
    private static final int Y2 = 3;

    record In(Handle signHandle, TpmsEccPoint p1, Bytes s2, Bytes y2) {
        boolean hasFirstPoint() {
            return !p1.x().isEmpty() || !p1.y().isEmpty();
        }
    }

    /**
     * @param k the private key times the second point
     * @param l the commitment's secret times the second point
     * @param e the commitment's secret times the first point; times the generator if neither is given
     */
    record Out(TpmsEccPoint k, TpmsEccPoint l, TpmsEccPoint e, int counter) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(
                handles.get(SIGN_HANDLE),
                TpmsEccPoint.unmarshalSized(in.at(P1)),
                in.at(S2).sized2(TpmLimits.MAX_SYM_DATA),
                in.at(Y2).sized2(TpmLimits.MAX_ECC_KEY_BYTES));
    }

    @Override
    public Out execute(In in, TpmState tpm) {
        check(!tpm.profile().demands(ProfileAttribute.NO_ECC_KEY_DERIVATION), TYPE);
        TpmObject key = tpm.objects().object(in.signHandle, KEY.handle(SIGN_HANDLE));
        check(key.type() == PublicType.ECC, KEY.handle(SIGN_HANDLE));
        check(key.publicArea().asymScheme().scheme() == AlgId.ECDAA, SCHEME.handle(SIGN_HANDLE));
        check(in.s2.isEmpty() == in.y2.isEmpty(), SIZE.parameter(Y2));
        EccCurve curve = Ecc.curve(key.publicArea().ecc().parms().curve());
        byte[] r = tpm.ephemeralKeys().next(curve, key.name()).orElseThrow(NO_RESULT::exception);
        try {
            Optional<EccPoint> second = in.s2.isEmpty() ? Optional.empty() : Optional.of(secondPoint(in, key, curve));
            Optional<EccPoint> first = in.hasFirstPoint() ? Optional.of(firstPoint(in, curve)) : Optional.empty();
            return commit(key, r, first, second, tpm);
        } finally {
            Arrays.fill(r, (byte) 0);
        }
    }

    private static EccPoint firstPoint(In in, EccCurve curve) {
        return Ecc.point(curve, in.p1).orElseThrow(ECC_POINT.parameter(P1)::exception);
    }

    /** Its x-coordinate is the digest of s2, modulo the prime of the field. */
    private static EccPoint secondPoint(In in, TpmObject key, EccCurve curve) {
        check(!key.nameAlg().isNull(), HASH.handle(SIGN_HANDLE));
        byte[] x = Hasher.digest(key.nameAlg().digest(), in.s2.toArray());
        return EccPoint.of(curve, x, in.y2.toArray()).orElseThrow(ECC_POINT.parameter(S2)::exception);
    }

    private static Out commit(
            TpmObject key, byte[] r, Optional<EccPoint> first, Optional<EccPoint> second, TpmState tpm) {
        TpmsEccPoint k = TpmsEccPoint.EMPTY;
        TpmsEccPoint l = TpmsEccPoint.EMPTY;
        TpmsEccPoint e = TpmsEccPoint.EMPTY;
        if (second.isPresent()) {
            Secret scalar = key.sensitive().sensitive();
            k = scalar.use(octets -> times(second.get(), octets));
            check(!tpm.isCanceled(), CANCELED);
            l = times(second.get(), r);
        }
        if (first.isPresent() || second.isEmpty()) {
            check(second.isEmpty() || !tpm.isCanceled(), CANCELED);
            EccCurve curve = Ecc.curve(key.publicArea().ecc().parms().curve());
            e = times(first.orElseGet(curve::generator), r);
        }
        return new Out(k, l, e, tpm.ephemeralKeys().commit());
    }

    private static TpmsEccPoint times(EccPoint point, byte[] scalar) {
        return Ecc.structure(point.times(scalar).orElseThrow(NO_RESULT::exception));
    }

    @Override
    public void marshal(Out out, WireWriter response) {
        out.k.marshalSized(response);
        out.l.marshalSized(response);
        out.e.marshalSized(response);
        response.uint16(out.counter);
    }
}
