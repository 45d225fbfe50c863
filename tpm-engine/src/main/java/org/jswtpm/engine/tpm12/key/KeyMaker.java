package org.jswtpm.engine.tpm12.key;

import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_KEY_PROPERTY;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import org.jswtpm.engine.crypto.Cancellation;
import org.jswtpm.engine.crypto.RsaKeyGenerator;
import org.jswtpm.engine.crypto.RsaPrivateKey;
import org.jswtpm.engine.tpm12.structure.PcrInfo;
import org.jswtpm.engine.tpm12.structure.RsaKeyParms;
import org.jswtpm.engine.tpm12.structure.StoreAsymkey;
import org.jswtpm.engine.tpm12.structure.TpmKey;
import org.jswtpm.engine.tpm12.structure.TpmLimits;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;

/** Makes new keys. */
public final class KeyMaker {
    private static final int MIN_BITS = 512;
    /** What the generator of the engine asks for; libtpms also makes keys whose length is a multiple of 16. */
    private static final int BITS_STEP = 64;

    private KeyMaker() {}

    /**
     * A new key like {@code template}; TPM_BAD_KEY_PROPERTY if there can be none.
     *
     * @param pcrInfo the binding of the new key
     * @param usageAuth taken over
     * @param migrationAuth taken over
     */
    public static LoadedKey make(
            TpmKey template, PcrInfo pcrInfo, Secret usageAuth, Secret migrationAuth, KeySource source) {
        RsaPrivateKey rsa = generate(template, source);
        TpmKey publicPart = template.with(pcrInfo, Bytes.wrap(rsa.modulus()));
        StoreAsymkey privatePart = new StoreAsymkey(
                StoreAsymkey.ASYM, usageAuth, migrationAuth, publicPart.pubDataDigest(), Secret.take(rsa.prime()));
        return new LoadedKey(publicPart, privatePart);
    }

    private static RsaPrivateKey generate(TpmKey template, KeySource source) {
        RsaKeyParms parms = template.algorithmParms().rsa();
        long bits = parms.keyLength();
        boolean isPossible = bits >= MIN_BITS && bits <= TpmLimits.RSA_KEY_LENGTH_MAX && bits % BITS_STEP == 0;
        check(isPossible, BAD_KEY_PROPERTY);
        int exponent = LoadedKey.exponent(template.algorithmParms());
        check(parms.exponent().isEmpty() || isLegal(exponent), BAD_KEY_PROPERTY);
        return RsaKeyGenerator.generate(
                        (int) bits, exponent, source.random(), source.primes(), source.helpers(), Cancellation.NEVER)
                .orElseThrow(BAD_KEY_PROPERTY::exception);
    }

    /** Those that libtpms makes keys for: primes that are one more than a power of two, and 7. */
    private static boolean isLegal(int exponent) {
        return switch (exponent) {
            case 3, 5, 7, 17, 257, 65537 -> true;
            default -> false;
        };
    }
}
