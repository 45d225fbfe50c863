package org.jswtpm.tools.crypto;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.digests.SHA1Digest;
import org.bouncycastle.crypto.encodings.OAEPEncoding;
import org.bouncycastle.crypto.engines.RSAEngine;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.jswtpm.tools.process.KernelRandom;

/** SHA-1, HMAC and the encryption of secrets for a TPM 1.2. */
public final class Tpm12Crypto {
    /** The octets of a digest, and so of a secret. */
    public static final int DIGEST_SIZE = 20;

    private static final BigInteger EXPONENT = BigInteger.valueOf(0x10001);

    private Tpm12Crypto() {}

    /** SHA-1. */
    public static byte[] sha1(byte[] data) {
        SHA1Digest digest = new SHA1Digest();
        digest.update(data, 0, data.length);
        byte[] hash = new byte[DIGEST_SIZE];
        digest.doFinal(hash, 0);
        return hash;
    }

    /** HMAC with SHA-1. */
    public static byte[] hmac(byte[] key, byte[] data) {
        HMac mac = new HMac(new SHA1Digest());
        mac.init(new KeyParameter(key));
        mac.update(data, 0, data.length);
        byte[] tag = new byte[DIGEST_SIZE];
        mac.doFinal(tag, 0);
        return tag;
    }

    /** TPM_ES_RSAESOAEP_SHA1_MGF1: a secret for who has the private key to a modulus. */
    public static byte[] encrypt(byte[] modulus, byte[] secret) {
        RSAKeyParameters key = new RSAKeyParameters(false, new BigInteger(1, modulus), EXPONENT);
        byte[] label = "TCPA".getBytes(StandardCharsets.US_ASCII);
        OAEPEncoding encoding = new OAEPEncoding(new RSAEngine(), new SHA1Digest(), label);
        encoding.init(true, new ParametersWithRandom(key, new KernelRandom()));
        try {
            return encoding.processBlock(secret, 0, secret.length);
        } catch (InvalidCipherTextException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
