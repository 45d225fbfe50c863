package org.jswtpm.engine.tpm12.auth;

import static org.jswtpm.engine.tpm12.structure.TpmResult.INAPPROPRIATE_ENC;

import java.util.Arrays;
import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.crypto.SymmetricAlgorithm;
import org.jswtpm.engine.crypto.SymmetricCipher;
import org.jswtpm.engine.crypto.SymmetricMode;
import org.jswtpm.engine.tpm12.structure.TpmResult;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;

/** The encryption of new auth values by a session's shared secret (Part 1, 13.4; TPM_ADIP_ENC_SCHEME, Part 2, 4.3). */
public final class Adip {
    /** TPM_ET_XOR. */
    public static final int XOR = 0x00;
    /** TPM_ET_AES128_CTR. */
    public static final int AES128_CTR = 0x06;

    private static final int AES_SIZE = 16;

    private Adip() {}

    /** Ends the command with TPM_INAPPROPRIATE_ENC if the scheme is none of these; a FIPS TPM does not take XOR. */
    static void check(int scheme, boolean isFips) {
        TpmResult.check(scheme == AES128_CTR || scheme == XOR && !isFips, INAPPROPRIATE_ENC);
    }

    /**
     * Decrypts an auth value.
     *
     * @param nonce the nonce that belongs to it: nonceEven for the first one of a command, nonceOdd for the second
     */
    static Secret decrypt(int scheme, Secret sharedSecret, Bytes nonce, Bytes encAuth) {
        byte[] auth = encAuth.toArray();
        sharedSecret.lend(secret -> {
            if (scheme == AES128_CTR) {
                byte[] key = Arrays.copyOf(secret, AES_SIZE);
                byte[] counter = Arrays.copyOf(nonce.toArray(), AES_SIZE);
                SymmetricCipher.decrypt(SymmetricAlgorithm.AES, SymmetricMode.CTR, key, counter, auth);
                Arrays.fill(key, (byte) 0);
            } else {
                byte[] mask = Hasher.digest(Digest.SHA1, secret, nonce.toArray());
                for (int i = 0; i < auth.length; i++) {
                    auth[i] ^= mask[i];
                }
                Arrays.fill(mask, (byte) 0);
            }
        });
        return Secret.take(auth);
    }
}
