package org.jswtpm.engine.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.RSAPrivateKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The other party of most tests is the Java platform's own RSA. */
class RsaTest {
    private static final byte[] MESSAGE = "a message".getBytes();
    private static final byte[] LABEL = {'D', 'U', 'P', 0};

    private static RsaPrivateKey key;
    private static PublicKey platformPublic;
    private static PrivateKey platformPrivate;

    private final Drbg random = Drbg.instantiate(target -> target[0] = 2, new byte[0]);

    @BeforeAll
    static void makeKey() throws Exception {
        Drbg random = Drbg.instantiate(target -> target[0] = 1, new byte[0]);
        key = RsaKeyGenerator.generate(2048, 0, random, Cancellation.NEVER).orElseThrow();
        KeyFactory factory = KeyFactory.getInstance("RSA");
        BigInteger modulus = key.publicKey().modulus();
        BigInteger exponent = key.publicKey().exponent();
        BigInteger prime = new BigInteger(1, key.prime());
        BigInteger order =
                prime.subtract(BigInteger.ONE).multiply(key.otherPrime().subtract(BigInteger.ONE));
        platformPublic = factory.generatePublic(new RSAPublicKeySpec(modulus, exponent));
        platformPrivate = factory.generatePrivate(new RSAPrivateKeySpec(modulus, exponent.modInverse(order)));
    }

    @Test
    void generatedKeysHaveTwoPrimesOfHalfTheSize() {
        BigInteger prime = new BigInteger(1, key.prime());
        assertEquals(2048, key.publicKey().modulus().bitLength());
        assertEquals(1024, prime.bitLength());
        assertEquals(1024, key.otherPrime().bitLength());
        assertTrue(prime.isProbablePrime(60));
        assertTrue(key.otherPrime().isProbablePrime(60));
        assertEquals(key.publicKey().modulus(), prime.multiply(key.otherPrime()));
    }

    @Test
    void derivedNumbersAreOrderedByTheSizeOfThePrimes() {
        BigInteger prime = new BigInteger(1, key.prime());
        BigInteger larger = prime.max(key.otherPrime());
        BigInteger smaller = prime.min(key.otherPrime());
        BigInteger exponent = key.publicKey().exponent();
        assertEquals(exponent.modInverse(larger.subtract(BigInteger.ONE)), key.exponentOfLarger());
        assertEquals(exponent.modInverse(smaller.subtract(BigInteger.ONE)), key.exponentOfSmaller());
        assertEquals(smaller.modInverse(larger), key.coefficient());
    }

    @Test
    void loadsFromEitherPrime() {
        byte[] modulus = key.modulus();
        RsaPrivateKey same = RsaPrivateKey.load(modulus, 0, key.prime()).orElseThrow();
        assertEquals(key.otherPrime(), same.otherPrime());
        RsaPrivateKey other = RsaPrivateKey.load(modulus, 65537, Numbers.octets(key.otherPrime(), 128))
                .orElseThrow();
        assertArrayEquals(key.prime(), Numbers.octets(other.otherPrime(), 128));
    }

    @Test
    void refusesAPrimeOfAnotherKey() {
        byte[] prime = key.prime();
        prime[0] ^= 1;
        assertEquals(Optional.empty(), RsaPrivateKey.load(key.modulus(), 0, prime));
        assertEquals(Optional.empty(), RsaPrivateKey.load(key.modulus(), 0, new byte[128]));
        assertEquals(Optional.empty(), RsaPrivateKey.load(key.modulus(), 0, new byte[0]));
    }

    /** As with TPM2_LoadExternal: nobody promises that the prime is one. */
    @Test
    void survivesAKeyWhosePrimesAreNone() {
        BigInteger composite = key.otherPrime().subtract(BigInteger.TWO);
        byte[] modulus = Numbers.octets(composite.multiply(key.otherPrime()), 256);
        Optional<RsaPrivateKey> bogus = RsaPrivateKey.load(modulus, 0, Numbers.octets(composite, 128));
        bogus.ifPresent(loaded -> assertEquals(256, loaded.apply(MESSAGE).orElseThrow().length));
        assertTrue(bogus.isPresent());
    }

    @Test
    void refusesNumbersAsLargeAsTheModulus() {
        assertEquals(Optional.empty(), key.apply(key.modulus()));
        assertEquals(Optional.empty(), key.publicKey().apply(key.modulus()));
    }

    @Test
    void theSearchForPrimesCanBeCanceled() {
        assertEquals(Optional.empty(), RsaKeyGenerator.generate(2048, 0, random, () -> true));
    }

    @Test
    void onlyLargePrimesArePublicExponents() {
        assertTrue(RsaKeyGenerator.isUsable(0));
        assertTrue(RsaKeyGenerator.isUsable(65537));
        assertTrue(RsaKeyGenerator.isUsable((int) 4294967291L));
        assertFalse(RsaKeyGenerator.isUsable(3));
        assertFalse(RsaKeyGenerator.isUsable(65539 * 3));
        assertFalse(RsaKeyGenerator.isUsable((int) 4294967295L));
    }

    @ParameterizedTest
    @EnumSource
    void oaepIsThatOfTheJavaPlatform(Digest algorithm) throws Exception {
        OAEPParameterSpec parameters = new OAEPParameterSpec(
                algorithm.javaName(),
                "MGF1",
                new MGF1ParameterSpec(algorithm.javaName()),
                new PSource.PSpecified(LABEL));
        Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
        cipher.init(Cipher.DECRYPT_MODE, platformPrivate, parameters);
        byte[] ours = RsaEncryption.encryptOaep(key.publicKey(), algorithm, "DUP", MESSAGE, random)
                .orElseThrow();
        assertArrayEquals(MESSAGE, cipher.doFinal(ours));
        cipher.init(Cipher.ENCRYPT_MODE, platformPublic, parameters);
        byte[] theirs = cipher.doFinal(MESSAGE);
        assertArrayEquals(
                MESSAGE,
                RsaEncryption.decryptOaep(key, algorithm, LABEL, theirs).orElseThrow());
        assertEquals(Optional.empty(), RsaEncryption.decryptOaep(key, algorithm, new byte[0], theirs));
        theirs[100] ^= 1;
        assertEquals(Optional.empty(), RsaEncryption.decryptOaep(key, algorithm, LABEL, theirs));
    }

    @Test
    void oaepTakesMessagesFromEmptyToFull() {
        for (int size : new int[] {0, 190}) {
            byte[] message = random.generate(size);
            byte[] encrypted = RsaEncryption.encryptOaep(key.publicKey(), Digest.SHA256, LABEL, message, random)
                    .orElseThrow();
            assertArrayEquals(
                    message,
                    RsaEncryption.decryptOaep(key, Digest.SHA256, LABEL, encrypted)
                            .orElseThrow());
        }
        assertEquals(
                Optional.empty(),
                RsaEncryption.encryptOaep(key.publicKey(), Digest.SHA256, LABEL, new byte[191], random));
    }

    @Test
    void pkcs1EncryptionIsThatOfTheJavaPlatform() throws Exception {
        Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
        cipher.init(Cipher.DECRYPT_MODE, platformPrivate);
        byte[] full = random.generate(245);
        assertArrayEquals(
                full,
                cipher.doFinal(RsaEncryption.encryptPkcs1(key.publicKey(), full, random)
                        .orElseThrow()));
        assertEquals(Optional.empty(), RsaEncryption.encryptPkcs1(key.publicKey(), new byte[246], random));
        cipher.init(Cipher.ENCRYPT_MODE, platformPublic);
        byte[] theirs = cipher.doFinal(full);
        assertArrayEquals(full, RsaEncryption.decryptPkcs1(key, theirs).orElseThrow());
        assertEquals(Optional.empty(), RsaEncryption.decryptPkcs1(key, new byte[256]));
    }

    @ParameterizedTest
    @EnumSource
    void pkcs1SignaturesAreThoseOfTheJavaPlatform(Digest algorithm) throws Exception {
        byte[] digest = Hasher.digest(algorithm, MESSAGE);
        Signature signature = Signature.getInstance(algorithm.name() + "withRSA");
        signature.initSign(platformPrivate);
        signature.update(MESSAGE);
        byte[] theirs = signature.sign();
        assertArrayEquals(theirs, RsaSignature.signPkcs1(key, algorithm, digest).orElseThrow());
        assertTrue(RsaSignature.verifyPkcs1(key.publicKey(), algorithm, digest, theirs));
        digest[0] ^= 1;
        assertFalse(RsaSignature.verifyPkcs1(key.publicKey(), algorithm, digest, theirs));
        assertFalse(RsaSignature.verifyPkcs1(key.publicKey(), algorithm, digest, Arrays.copyOf(theirs, 255)));
        assertEquals(Optional.empty(), RsaSignature.signPkcs1(key, algorithm, new byte[1]));
    }

    @ParameterizedTest
    @EnumSource
    void pssSignaturesAreThoseOfTheJavaPlatform(Digest algorithm) throws Exception {
        byte[] digest = Hasher.digest(algorithm, MESSAGE);
        Signature signature = Signature.getInstance("RSASSA-PSS");
        signature.setParameter(new PSSParameterSpec(
                algorithm.javaName(), "MGF1", new MGF1ParameterSpec(algorithm.javaName()), algorithm.size(), 1));
        signature.initSign(platformPrivate);
        signature.update(MESSAGE);
        byte[] theirs = signature.sign();
        assertTrue(RsaSignature.verifyPss(key.publicKey(), algorithm, digest, theirs));
        byte[] ours = RsaSignature.signPss(key, algorithm, digest, random).orElseThrow();
        signature.initVerify(platformPublic);
        signature.update(MESSAGE);
        assertTrue(signature.verify(ours));
        digest[0] ^= 1;
        assertFalse(RsaSignature.verifyPss(key.publicKey(), algorithm, digest, ours));
    }

    @Test
    void pssShortensTheSaltWhereTheKeyIsShort() {
        RsaPrivateKey small =
                RsaKeyGenerator.generate(1024, 0, random, Cancellation.NEVER).orElseThrow();
        byte[] digest = Hasher.digest(Digest.SHA512, MESSAGE);
        byte[] signature =
                RsaSignature.signPss(small, Digest.SHA512, digest, random).orElseThrow();
        assertTrue(RsaSignature.verifyPss(small.publicKey(), Digest.SHA512, digest, signature));
    }
}
