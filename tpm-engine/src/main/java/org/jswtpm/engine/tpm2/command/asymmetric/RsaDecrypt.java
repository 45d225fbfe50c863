package org.jswtpm.engine.tpm2.command.asymmetric;

import static org.jswtpm.engine.tpm2.structure.TpmRc.ATTRIBUTES;
import static org.jswtpm.engine.tpm2.structure.TpmRc.KEY;
import static org.jswtpm.engine.tpm2.structure.TpmRc.SCHEME;
import static org.jswtpm.engine.tpm2.structure.TpmRc.SIZE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.VALUE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import java.util.Optional;
import org.jswtpm.engine.crypto.RsaEncryption;
import org.jswtpm.engine.crypto.RsaPrivateKey;
import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.object.TpmObject;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.ObjectAttributes;
import org.jswtpm.engine.tpm2.structure.PublicType;
import org.jswtpm.engine.tpm2.structure.TpmLimits;
import org.jswtpm.engine.tpm2.structure.TpmtAsymScheme;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM2_RSA_Decrypt: decrypts with an RSA key.
 *
 * <p>Part 3, 14.3. Answers KEY at handle 1 for what is no RSA key, ATTRIBUTES at handle 1 for one that is restricted or not for
 * decryption, VALUE at parameter 3 for a label that does not end with zero, SCHEME at parameter 2 for another scheme than the
 * key's, and without a number SIZE for what is not as long as the modulus, VALUE for what was not encrypted so.
 */
public final class RsaDecrypt implements Command<RsaDecrypt.In, Secret> {
    private static final int KEY_HANDLE = 1;
    private static final int CIPHER_TEXT = 1;
    private static final int IN_SCHEME = 2;
    private static final int LABEL = 3;

    record In(Handle keyHandle, Bytes cipherText, TpmtAsymScheme inScheme, Bytes label) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(
                handles.get(KEY_HANDLE),
                in.at(CIPHER_TEXT).sized2(TpmLimits.MAX_RSA_KEY_BYTES),
                TpmtAsymScheme.unmarshalRsaDecrypt(in.at(IN_SCHEME), in.algorithms()),
                in.at(LABEL).sized2(TpmLimits.MAX_DATA_SIZE));
    }

    @Override
    public Secret execute(In in, TpmState tpm) {
        TpmObject key = tpm.objects().object(in.keyHandle, KEY.handle(KEY_HANDLE));
        check(key.type() == PublicType.RSA, KEY.handle(KEY_HANDLE));
        ObjectAttributes attributes = key.publicAttributes();
        check(!attributes.restricted() && attributes.decrypt(), ATTRIBUTES.handle(KEY_HANDLE));
        check(RsaScheme.isLabel(in.label), VALUE.parameter(LABEL));
        TpmtAsymScheme scheme = RsaScheme.select(key, in.inScheme, IN_SCHEME, tpm);
        check(in.cipherText.size() == key.publicArea().rsa().unique().size(), SIZE);
        RsaPrivateKey privateKey = key.rsaPrivateKey(tpm.helpers());
        byte[] cipherText = in.cipherText.toArray();
        Optional<byte[]> message = switch (scheme.scheme()) {
            case NULL -> privateKey.apply(cipherText);
            case RSAES -> RsaEncryption.decryptPkcs1(privateKey, cipherText);
            case OAEP -> RsaEncryption.decryptOaep(privateKey, scheme.hash().digest(), in.label.toArray(), cipherText);
            default -> throw SCHEME.exception();
        };
        return Secret.take(message.orElseThrow(VALUE::exception));
    }

    @Override
    public void marshal(Secret message, WireWriter response) {
        response.secret2(message);
        message.close();
    }
}
