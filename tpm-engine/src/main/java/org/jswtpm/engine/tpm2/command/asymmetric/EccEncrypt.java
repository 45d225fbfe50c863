package org.jswtpm.engine.tpm2.command.asymmetric;

import static org.jswtpm.engine.tpm2.structure.TpmRc.KEY;
import static org.jswtpm.engine.tpm2.structure.TpmRc.NO_RESULT;
import static org.jswtpm.engine.tpm2.structure.TpmRc.SCHEME;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.EccEncryption;
import org.jswtpm.engine.crypto.EccPoint;
import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.object.Ecc;
import org.jswtpm.engine.tpm2.object.TpmObject;
import org.jswtpm.engine.tpm2.structure.AlgId;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.PublicKeyArea;
import org.jswtpm.engine.tpm2.structure.PublicType;
import org.jswtpm.engine.tpm2.structure.TpmLimits;
import org.jswtpm.engine.tpm2.structure.TpmtKdfScheme;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM2_ECC_Encrypt: encrypts with an ECC key.
 *
 * <p>Part 3, 14.8. Answers KEY at handle 1 for what is no ECC key, SCHEME at parameter 2 for no scheme at all or another one
 * than the key's, SCHEME without a number for another than KDF2, NO_RESULT for a key that is not on its curve.
 */
public final class EccEncrypt implements Command<EccEncrypt.In, EccEncryption.Ciphertext> {
    private static final int KEY_HANDLE = 1;
    private static final int PLAIN_TEXT = 1;
    private static final int IN_SCHEME = 2;

    record In(Handle keyHandle, Secret plainText, TpmtKdfScheme inScheme) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(
                handles.get(KEY_HANDLE),
                in.at(PLAIN_TEXT).secret2(TpmLimits.MAX_DIGEST_BUFFER),
                TpmtKdfScheme.unmarshal(in.at(IN_SCHEME), in.algorithms()));
    }

    @Override
    public EccEncryption.Ciphertext execute(In in, TpmState tpm) {
        try (Secret plainText = in.plainText) {
            TpmObject key = tpm.objects().object(in.keyHandle, KEY.handle(KEY_HANDLE));
            check(key.type() == PublicType.ECC, KEY.handle(KEY_HANDLE));
            Digest digest = selectHash(key, in.inScheme, IN_SCHEME);
            PublicKeyArea.Ecc area = key.publicArea().ecc();
            EccPoint point =
                    Ecc.point(Ecc.curve(area.parms().curve()), area.unique()).orElseThrow(NO_RESULT::exception);
            return plainText.use(text -> EccEncryption.encrypt(point, digest, text, tpm.random()));
        }
    }

    /**
     * The hash of the key's scheme, or of the one asked for if the key has none (CryptEccSelectScheme).
     *
     * @param parameter the number of {@code asked}
     */
    static Digest selectHash(TpmObject key, TpmtKdfScheme asked, int parameter) {
        TpmtKdfScheme ofKey = key.publicArea().ecc().parms().kdf();
        TpmtKdfScheme selected = asked.isNull() ? ofKey : asked;
        boolean same = ofKey.isNull() || ofKey.scheme() == selected.scheme() && ofKey.hash() == selected.hash();
        check(!selected.isNull() && same, SCHEME.parameter(parameter));
        check(selected.scheme() == AlgId.KDF2, SCHEME);
        return selected.hash().digest();
    }

    @Override
    public void marshal(EccEncryption.Ciphertext out, WireWriter response) {
        Ecc.structure(out.c1()).marshalSized(response);
        response.sized2(Bytes.wrap(out.c2())).sized2(Bytes.wrap(out.c3()));
    }
}
