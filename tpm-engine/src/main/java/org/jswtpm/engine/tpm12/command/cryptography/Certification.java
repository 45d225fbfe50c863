package org.jswtpm.engine.tpm12.command.cryptography;

import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_KEY_PROPERTY;
import static org.jswtpm.engine.tpm12.structure.TpmResult.INVALID_KEYUSAGE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.tpm12.key.LoadedKey;
import org.jswtpm.engine.tpm12.structure.AlgorithmId;
import org.jswtpm.engine.tpm12.structure.KeyUsage;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;

/**
 * What TPM_CertifyKey and TPM_CertifyKey2 have in common.
 *
 * @param certifyInfo what is said of the key
 * @param outData the signature
 */
record Certification(Bytes certifyInfo, Bytes outData) {
    /** The certificate that {@code certKey} gives. */
    static Certification sign(WireWriter certifyInfo, LoadedKey certKey) {
        byte[] octets = certifyInfo.toArray();
        return new Certification(Bytes.wrap(octets), certKey.sign(Hasher.digest(Digest.SHA1, octets)));
    }

    /** TPM_BAD_KEY_PROPERTY unless the key signs digests of SHA-1. */
    static void checkScheme(LoadedKey certKey) {
        int scheme = certKey.publicPart().algorithmParms().sigScheme();
        check(
                scheme == AlgorithmId.SS_RSASSAPKCS1V15_SHA1 || scheme == AlgorithmId.SS_RSASSAPKCS1V15_INFO,
                BAD_KEY_PROPERTY);
    }

    /** TPM_INVALID_KEYUSAGE unless one key can certify, and the other be certified. */
    static void checkUsage(LoadedKey certKey, LoadedKey target) {
        switch (certKey.publicPart().keyUsage()) {
            case KeyUsage.SIGNING, KeyUsage.IDENTITY, KeyUsage.LEGACY -> {}
            default -> throw INVALID_KEYUSAGE.exception();
        }
        switch (target.publicPart().keyUsage()) {
            case KeyUsage.SIGNING, KeyUsage.STORAGE, KeyUsage.IDENTITY, KeyUsage.BIND, KeyUsage.LEGACY -> {}
            default -> throw INVALID_KEYUSAGE.exception();
        }
    }

    void marshal(WireWriter response) {
        response.bytes(certifyInfo).sized4(outData);
    }
}
