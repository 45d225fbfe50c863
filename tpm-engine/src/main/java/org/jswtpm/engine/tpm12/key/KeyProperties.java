package org.jswtpm.engine.tpm12.key;

import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_KEY_PROPERTY;
import static org.jswtpm.engine.tpm12.structure.TpmResult.NOTFIPS;

import org.jswtpm.engine.tpm12.structure.AlgorithmId;
import org.jswtpm.engine.tpm12.structure.KeyParms;
import org.jswtpm.engine.tpm12.structure.KeyUsage;
import org.jswtpm.engine.tpm12.structure.RsaKeyParms;
import org.jswtpm.engine.tpm12.structure.TpmKey;
import org.jswtpm.engine.tpm12.structure.TpmLimits;
import org.jswtpm.engine.tpm12.structure.TpmResult;
import org.jswtpm.engine.wire.Bytes;

/** Which schemes and sizes a key can have for its usage (Part 2, 5.8.1). */
public final class KeyProperties {
    private static final int PRIMES = 2;
    private static final int MIN_STORAGE_BITS = 2048;
    private static final int MIN_AUTHCHANGE_BITS = 512;
    private static final int MIN_FIPS_BITS = 1024;
    private static final int DEFAULT_EXPONENT_SIZE = 3;

    private KeyProperties() {}

    /**
     * Ends the command with TPM_BAD_KEY_PROPERTY or TPM_NOTFIPS if there can be no such key.
     *
     * @param isFips whether the TPM follows FIPS
     */
    public static void check(TpmKey key, boolean isFips) {
        TpmResult.check(!isFips || key.authDataUsage() != TpmKey.AUTH_NEVER, NOTFIPS);
        check(key.algorithmParms(), key.keyUsage(), isFips);
    }

    /** As the other one, for a key of the TPM's own, which nobody authorizes. */
    public static void check(KeyParms parms, int keyUsage, boolean isFips) {
        RsaKeyParms rsa = parms.rsa();
        checkProperty(Long.compareUnsigned(rsa.keyLength(), TpmLimits.RSA_KEY_LENGTH_MAX) <= 0);
        checkProperty(rsa.numPrimes() == PRIMES);
        if (isFips) {
            TpmResult.check(rsa.keyLength() >= MIN_FIPS_BITS && keyUsage != KeyUsage.LEGACY, NOTFIPS);
        }
        checkUsage(keyUsage, parms, rsa);
    }

    private static void checkUsage(int usage, KeyParms parms, RsaKeyParms rsa) {
        int enc = parms.encScheme();
        int sig = parms.sigScheme();
        boolean isOaep = enc == AlgorithmId.ES_RSAESOAEP_SHA1_MGF1;
        boolean isEncryption = isOaep || enc == AlgorithmId.ES_RSAESPKCSV15;
        boolean isSha1 = sig == AlgorithmId.SS_RSASSAPKCS1V15_SHA1;
        boolean isDer = sig == AlgorithmId.SS_RSASSAPKCS1V15_DER;
        boolean isInfo = sig == AlgorithmId.SS_RSASSAPKCS1V15_INFO;
        boolean isLong = rsa.keyLength() >= MIN_STORAGE_BITS && isDefaultExponent(rsa.exponent());
        checkProperty(
                switch (usage) {
                    case KeyUsage.SIGNING -> enc == AlgorithmId.ES_NONE && (isSha1 || isDer || isInfo);
                    case KeyUsage.STORAGE, KeyUsage.MIGRATE -> isOaep && sig == AlgorithmId.SS_NONE && isLong;
                    case KeyUsage.IDENTITY -> enc == AlgorithmId.ES_NONE && isSha1 && isLong;
                    case KeyUsage.AUTHCHANGE ->
                        isOaep && sig == AlgorithmId.SS_NONE && rsa.keyLength() >= MIN_AUTHCHANGE_BITS;
                    case KeyUsage.BIND -> isEncryption && sig == AlgorithmId.SS_NONE;
                    case KeyUsage.LEGACY -> isEncryption && (isSha1 || isDer);
                    default -> false;
                });
    }

    /** 65537: no octets, or 01 00 01 and any number of zeros, as libtpms compares. */
    public static boolean isDefaultExponent(Bytes exponent) {
        if (exponent.isEmpty()) {
            return true;
        }
        if (exponent.size() < DEFAULT_EXPONENT_SIZE) {
            return false;
        }
        boolean isDefault = exponent.get(0) == 1 && exponent.get(1) == 0 && exponent.get(2) == 1;
        for (int i = DEFAULT_EXPONENT_SIZE; i < exponent.size(); i++) {
            isDefault &= exponent.get(i) == 0;
        }
        return isDefault;
    }

    private static void checkProperty(boolean condition) {
        TpmResult.check(condition, BAD_KEY_PROPERTY);
    }
}
