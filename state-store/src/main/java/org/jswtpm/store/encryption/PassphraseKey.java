package org.jswtpm.store.encryption;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.params.KeyParameter;

/** Keys from passphrases, as swtpm makes them: {@code docs/state/swtpm-files.md}, section 2.5. */
public final class PassphraseKey {
    private static final byte[] SALT = "swtpm".getBytes(StandardCharsets.US_ASCII);
    private static final int ROUNDS = 1000;

    private PassphraseKey() {}

    /** The first {@code length} octets of PBKDF2-HMAC-SHA-512. */
    public static byte[] pbkdf2(byte[] passphrase, int length) {
        PKCS5S2ParametersGenerator generator = new PKCS5S2ParametersGenerator(new SHA512Digest());
        generator.init(passphrase, SALT, ROUNDS);
        return ((KeyParameter) generator.generateDerivedMacParameters(length * 8)).getKey();
    }

    /** The first {@code length} octets of SHA-512. */
    public static byte[] sha512(byte[] passphrase, int length) {
        Digest digest = new SHA512Digest();
        digest.update(passphrase, 0, passphrase.length);
        byte[] hash = new byte[digest.getDigestSize()];
        digest.doFinal(hash, 0);
        byte[] key = Arrays.copyOf(hash, length);
        Arrays.fill(hash, (byte) 0);
        return key;
    }
}
