package org.jswtpm.tools.cert;

import java.io.IOException;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.EncryptionScheme;
import org.bouncycastle.asn1.pkcs.KeyDerivationFunc;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.crypto.BlockCipher;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.PBEParametersGenerator;
import org.bouncycastle.crypto.digests.SHA1Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.engines.DESedeEngine;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.modes.CBCBlockCipher;
import org.bouncycastle.crypto.paddings.PaddedBufferedBlockCipher;
import org.bouncycastle.crypto.params.ParametersWithIV;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.jswtpm.tools.process.KernelRandom;

/** Private keys encrypted by PBES2 with PBKDF2 (RFC 8018), as OpenSSL and GnuTLS write them. */
final class EncryptedKey {
    private static final int ITERATIONS = 100_000;

    private EncryptedKey() {}

    /**
     * Decrypts a key.
     *
     * @throws IOException if the scheme is not known or the password is wrong
     */
    static PrivateKeyInfo decrypt(PKCS8EncryptedPrivateKeyInfo encrypted, char[] password) throws IOException {
        EncryptedPrivateKeyInfo info = encrypted.toASN1Structure();
        if (!info.getEncryptionAlgorithm().getAlgorithm().equals(PKCSObjectIdentifiers.id_PBES2)) {
            throw new IOException("not PBES2");
        }
        PBES2Parameters scheme =
                PBES2Parameters.getInstance(info.getEncryptionAlgorithm().getParameters());
        PBKDF2Params derivation =
                PBKDF2Params.getInstance(scheme.getKeyDerivationFunc().getParameters());
        ASN1ObjectIdentifier algorithm = scheme.getEncryptionScheme().getAlgorithm();
        byte[] iv = ASN1OctetString.getInstance(scheme.getEncryptionScheme().getParameters())
                .getOctets();

        PKCS5S2ParametersGenerator generator =
                new PKCS5S2ParametersGenerator(digest(derivation.getPrf().getAlgorithm()));
        byte[] secret = PBEParametersGenerator.PKCS5PasswordToUTF8Bytes(password);
        generator.init(
                secret, derivation.getSalt(), derivation.getIterationCount().intValueExact());
        PaddedBufferedBlockCipher cipher = new PaddedBufferedBlockCipher(CBCBlockCipher.newInstance(engine(algorithm)));
        cipher.init(false, new ParametersWithIV(generator.generateDerivedParameters(keyBits(algorithm)), iv));
        byte[] plain = new byte[cipher.getOutputSize(info.getEncryptedData().length)];
        try {
            int length = cipher.processBytes(info.getEncryptedData(), 0, info.getEncryptedData().length, plain, 0);
            length += cipher.doFinal(plain, length);
            return PrivateKeyInfo.getInstance(Arrays.copyOf(plain, length));
        } catch (InvalidCipherTextException e) {
            throw new IOException("wrong password");
        } finally {
            Arrays.fill(secret, (byte) 0);
            Arrays.fill(plain, (byte) 0);
        }
    }

    /** Encrypts a key with PBKDF2 over HMAC-SHA-256 and AES-256 in CBC mode, as OpenSSL does. */
    static byte[] encrypt(PrivateKeyInfo key, char[] password) throws IOException {
        KernelRandom random = new KernelRandom();
        byte[] salt = new byte[16];
        byte[] iv = new byte[16];
        random.nextBytes(salt);
        random.nextBytes(iv);
        PKCS5S2ParametersGenerator generator = new PKCS5S2ParametersGenerator(new SHA256Digest());
        generator.init(PBEParametersGenerator.PKCS5PasswordToUTF8Bytes(password), salt, ITERATIONS);
        PaddedBufferedBlockCipher cipher =
                new PaddedBufferedBlockCipher(CBCBlockCipher.newInstance(AESEngine.newInstance()));
        cipher.init(true, new ParametersWithIV(generator.generateDerivedParameters(256), iv));
        byte[] plain = key.getEncoded();
        byte[] encrypted = new byte[cipher.getOutputSize(plain.length)];
        try {
            int length = cipher.processBytes(plain, 0, plain.length, encrypted, 0);
            cipher.doFinal(encrypted, length);
        } catch (InvalidCipherTextException e) {
            throw new IllegalStateException(e);
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
        AlgorithmIdentifier prf = new AlgorithmIdentifier(PKCSObjectIdentifiers.id_hmacWithSHA256, DERNull.INSTANCE);
        PBES2Parameters scheme = new PBES2Parameters(
                new KeyDerivationFunc(PKCSObjectIdentifiers.id_PBKDF2, new PBKDF2Params(salt, ITERATIONS, prf)),
                new EncryptionScheme(NISTObjectIdentifiers.id_aes256_CBC, new DEROctetString(iv)));
        AlgorithmIdentifier algorithm = new AlgorithmIdentifier(PKCSObjectIdentifiers.id_PBES2, scheme);
        return new EncryptedPrivateKeyInfo(algorithm, encrypted).getEncoded();
    }

    private static Digest digest(ASN1ObjectIdentifier prf) throws IOException {
        if (prf.equals(PKCSObjectIdentifiers.id_hmacWithSHA1)) {
            return new SHA1Digest();
        }
        if (prf.equals(PKCSObjectIdentifiers.id_hmacWithSHA256)) {
            return new SHA256Digest();
        }
        if (prf.equals(PKCSObjectIdentifiers.id_hmacWithSHA384)) {
            return new SHA384Digest();
        }
        if (prf.equals(PKCSObjectIdentifiers.id_hmacWithSHA512)) {
            return new SHA512Digest();
        }
        throw new IOException("unknown PRF " + prf);
    }

    private static BlockCipher engine(ASN1ObjectIdentifier algorithm) {
        return algorithm.equals(PKCSObjectIdentifiers.des_EDE3_CBC) ? new DESedeEngine() : AESEngine.newInstance();
    }

    private static int keyBits(ASN1ObjectIdentifier algorithm) throws IOException {
        if (algorithm.equals(NISTObjectIdentifiers.id_aes128_CBC)) {
            return 128;
        }
        if (algorithm.equals(NISTObjectIdentifiers.id_aes192_CBC)
                || algorithm.equals(PKCSObjectIdentifiers.des_EDE3_CBC)) {
            return 192;
        }
        if (algorithm.equals(NISTObjectIdentifiers.id_aes256_CBC)) {
            return 256;
        }
        throw new IOException("unknown cipher " + algorithm);
    }
}
