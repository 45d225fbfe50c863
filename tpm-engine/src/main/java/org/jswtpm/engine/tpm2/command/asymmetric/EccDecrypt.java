package org.jswtpm.engine.tpm2.command.asymmetric;

import static org.jswtpm.engine.tpm2.structure.TpmRc.ATTRIBUTES;
import static org.jswtpm.engine.tpm2.structure.TpmRc.FAILURE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.KEY;
import static org.jswtpm.engine.tpm2.structure.TpmRc.VALUE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.EccCurve;
import org.jswtpm.engine.crypto.EccEncryption;
import org.jswtpm.engine.crypto.EccPoint;
import org.jswtpm.engine.crypto.EccPrivateKey;
import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.object.Ecc;
import org.jswtpm.engine.tpm2.object.TpmObject;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.ObjectAttributes;
import org.jswtpm.engine.tpm2.structure.PublicType;
import org.jswtpm.engine.tpm2.structure.TpmLimits;
import org.jswtpm.engine.tpm2.structure.TpmsEccPoint;
import org.jswtpm.engine.tpm2.structure.TpmtKdfScheme;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM2_ECC_Decrypt: decrypts what was encrypted with an ECC key.
 *
 * <p>Part 3, 14.9. Answers KEY at handle 1 for what is no ECC key, ATTRIBUTES at handle 1 for one that is restricted or not for
 * decryption, SCHEME at parameter 4 for no scheme at all or another one than the key's, SCHEME without a number for another
 * than KDF2, VALUE for what was not encrypted so.
 */
public final class EccDecrypt implements Command<EccDecrypt.In, Secret> {
    private static final int KEY_HANDLE = 1;
    private static final int C1 = 1;
    private static final int C2 = 2;
    private static final int C3 = 3;
    private static final int IN_SCHEME = 4;

    record In(Handle keyHandle, TpmsEccPoint c1, Bytes c2, Bytes c3, TpmtKdfScheme inScheme) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(
                handles.get(KEY_HANDLE),
                TpmsEccPoint.unmarshalSized(in.at(C1)),
                in.at(C2).sized2(TpmLimits.MAX_DIGEST_BUFFER),
                in.at(C3).sized2(TpmLimits.MAX_DIGEST_SIZE),
                TpmtKdfScheme.unmarshal(in.at(IN_SCHEME), in.algorithms()));
    }

    @Override
    public Secret execute(In in, TpmState tpm) {
        TpmObject key = tpm.objects().object(in.keyHandle, KEY.handle(KEY_HANDLE));
        check(key.type() == PublicType.ECC, KEY.handle(KEY_HANDLE));
        ObjectAttributes attributes = key.publicAttributes();
        check(!attributes.restricted() && attributes.decrypt(), ATTRIBUTES.handle(KEY_HANDLE));
        Digest digest = EccEncrypt.selectHash(key, in.inScheme, IN_SCHEME);
        EccCurve curve = Ecc.curve(key.publicArea().ecc().parms().curve());
        // libtpms goes on with a point that is not on the curve, which then cannot fit the digest
        EccPoint point = Ecc.point(curve, in.c1).orElseThrow(VALUE::exception);
        EccPrivateKey privateKey = key.sensitive()
                .sensitive()
                .use(scalar -> EccPrivateKey.load(curve, scalar))
                .orElseThrow(FAILURE::exception);
        EccEncryption.Ciphertext cipherText = new EccEncryption.Ciphertext(point, in.c2.toArray(), in.c3.toArray());
        return Secret.take(EccEncryption.decrypt(privateKey, digest, cipherText).orElseThrow(VALUE::exception));
    }

    @Override
    public void marshal(Secret plainText, WireWriter response) {
        response.secret2(plainText);
        plainText.close();
    }
}
