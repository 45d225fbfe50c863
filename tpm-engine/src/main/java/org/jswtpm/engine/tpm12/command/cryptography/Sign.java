package org.jswtpm.engine.tpm12.command.cryptography;

import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_PARAMETER;
import static org.jswtpm.engine.tpm12.structure.TpmResult.INVALID_KEYUSAGE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.ParameterReader;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.key.LoadedKey;
import org.jswtpm.engine.tpm12.structure.AlgorithmId;
import org.jswtpm.engine.tpm12.structure.KeyParms;
import org.jswtpm.engine.tpm12.structure.KeyUsage;
import org.jswtpm.engine.tpm12.structure.StructureTag;
import org.jswtpm.engine.tpm12.structure.TpmLimits;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_Sign: signs what the scheme of the key allows.
 *
 * <p>Part 3, 13.5. TPM_AUTHFAIL, TPM_BAD_PARAMETER, TPM_INVALID_KEYUSAGE.
 */
public final class Sign implements Command<Sign.In, Bytes> {
    private static final int PKCS1_OVERHEAD = 11;
    /** "SIGN". */
    private static final int SIGN = 0x5349474E;

    record In(int keyHandle, Bytes areaToSign) {}

    @Override
    public In unmarshal(ParameterReader in) {
        return new In(in.handle(), in.sized());
    }

    @Override
    public Bytes execute(In in, TpmState tpm, Authorizations auth) {
        LoadedKey key = tpm.keyForUse(in.keyHandle);
        auth.byKeyIfNeeded(key);
        check(!in.areaToSign.isEmpty(), BAD_PARAMETER);
        int usage = key.publicPart().keyUsage();
        check(usage == KeyUsage.SIGNING || usage == KeyUsage.LEGACY, INVALID_KEYUSAGE);
        return key.sign(toSign(in.areaToSign, key.publicPart().algorithmParms(), auth));
    }

    private static byte[] toSign(Bytes area, KeyParms parms, Authorizations auth) {
        switch (parms.sigScheme()) {
            case AlgorithmId.SS_RSASSAPKCS1V15_SHA1 -> {
                check(area.size() == TpmLimits.DIGEST_SIZE, BAD_PARAMETER);
                return area.toArray();
            }
            case AlgorithmId.SS_RSASSAPKCS1V15_DER -> {
                check(area.size() <= parms.rsa().keyLength() / Byte.SIZE - PKCS1_OVERHEAD, BAD_PARAMETER);
                return area.toArray();
            }
            case AlgorithmId.SS_RSASSAPKCS1V15_INFO -> {
                check(auth.isAny(), BAD_PARAMETER);
                return signInfo(area, auth.first().nonceOdd());
            }
            default -> throw INVALID_KEYUSAGE.exception();
        }
    }

    /** The digest of TPM_SIGN_INFO (Part 2, 5.14). */
    private static byte[] signInfo(Bytes data, Bytes nonce) {
        WireWriter info = new WireWriter();
        StructureTag.SIGNINFO.marshal(info);
        info.uint32(SIGN).bytes(nonce).sized4(data);
        return Hasher.digest(Digest.SHA1, info.toArray());
    }

    @Override
    public void marshal(Bytes out, WireWriter response) {
        response.sized4(out);
    }
}
