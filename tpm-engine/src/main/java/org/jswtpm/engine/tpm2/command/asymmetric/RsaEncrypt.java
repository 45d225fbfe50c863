package org.jswtpm.engine.tpm2.command.asymmetric;

import static org.jswtpm.engine.tpm2.structure.TpmRc.ATTRIBUTES;
import static org.jswtpm.engine.tpm2.structure.TpmRc.FAILURE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.KEY;
import static org.jswtpm.engine.tpm2.structure.TpmRc.SCHEME;
import static org.jswtpm.engine.tpm2.structure.TpmRc.VALUE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import java.util.Optional;
import org.jswtpm.engine.crypto.RandomSource;
import org.jswtpm.engine.crypto.RsaEncryption;
import org.jswtpm.engine.crypto.RsaPublicKey;
import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.object.TpmObject;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.PublicKeyArea;
import org.jswtpm.engine.tpm2.structure.PublicType;
import org.jswtpm.engine.tpm2.structure.TpmLimits;
import org.jswtpm.engine.tpm2.structure.TpmtAsymScheme;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM2_RSA_Encrypt: encrypts with an RSA key.
 *
 * <p>Part 3, 14.2. Answers KEY at handle 1 for what is no RSA key, ATTRIBUTES at handle 1 for one that is not for decryption,
 * VALUE at parameter 3 for a label that does not end with zero, SCHEME at parameter 2 for another scheme than the key's, VALUE
 * without a number for a message longer than the modulus where there is no scheme, and, as libtpms does, FAILURE for one that
 * is too long for the scheme, or as a number not below the modulus.
 */
public final class RsaEncrypt implements Command<RsaEncrypt.In, RsaEncrypt.Out> {
    private static final int KEY_HANDLE = 1;
    private static final int MESSAGE = 1;
    private static final int IN_SCHEME = 2;
    private static final int LABEL = 3;

    record In(Handle keyHandle, Secret message, TpmtAsymScheme inScheme, Bytes label) {}

    record Out(Bytes outData) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(
                handles.get(KEY_HANDLE),
                in.at(MESSAGE).secret2(TpmLimits.MAX_RSA_KEY_BYTES),
                TpmtAsymScheme.unmarshalRsaDecrypt(in.at(IN_SCHEME), in.algorithms()),
                in.at(LABEL).sized2(TpmLimits.MAX_DATA_SIZE));
    }

    @Override
    public Out execute(In in, TpmState tpm) {
        try (Secret message = in.message) {
            TpmObject key = tpm.objects().object(in.keyHandle, KEY.handle(KEY_HANDLE));
            check(key.type() == PublicType.RSA, KEY.handle(KEY_HANDLE));
            check(key.publicAttributes().decrypt(), ATTRIBUTES.handle(KEY_HANDLE));
            check(RsaScheme.isLabel(in.label), VALUE.parameter(LABEL));
            TpmtAsymScheme scheme = RsaScheme.select(key, in.inScheme, IN_SCHEME, tpm);
            PublicKeyArea.Rsa area = key.publicArea().rsa();
            RsaPublicKey publicKey =
                    RsaPublicKey.of(area.unique().toArray(), area.parms().exponent());
            Optional<byte[]> encrypted =
                    message.use(octets -> encrypt(publicKey, scheme, octets, in.label.toArray(), tpm.random()));
            return new Out(Bytes.wrap(encrypted.orElseThrow(FAILURE::exception)));
        }
    }

    private static Optional<byte[]> encrypt(
            RsaPublicKey key, TpmtAsymScheme scheme, byte[] message, byte[] label, RandomSource random) {
        return switch (scheme.scheme()) {
            case NULL -> {
                check(message.length - leadingZeros(message) <= key.size(), VALUE);
                yield key.apply(message);
            }
            case RSAES -> RsaEncryption.encryptPkcs1(key, message, random);
            case OAEP -> RsaEncryption.encryptOaep(key, scheme.hash().digest(), label, message, random);
            default -> throw SCHEME.exception();
        };
    }

    private static int leadingZeros(byte[] message) {
        int zeros = 0;
        while (zeros < message.length && message[zeros] == 0) {
            zeros++;
        }
        return zeros;
    }

    @Override
    public void marshal(Out out, WireWriter response) {
        response.sized2(out.outData);
    }
}
