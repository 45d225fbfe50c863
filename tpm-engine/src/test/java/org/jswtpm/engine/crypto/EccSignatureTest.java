package org.jswtpm.engine.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EccSignatureTest {
    private final Drbg random = Drbg.instantiate(target -> target[0] = 1, new byte[0]);

    /** RFC 6979, A.2.5: P-256 with SHA-256, message "sample". */
    @Test
    void ecdsaGivesTheExampleOfItsRfc() {
        EccPrivateKey key = EccPrivateKey.load(
                        EccCurve.NIST_P256, hex("c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721"))
                .orElseThrow();
        assertArrayEquals(
                hex("60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6"),
                key.publicPoint().x());
        byte[] digest = Hasher.digest(Digest.SHA256, "sample".getBytes());
        EccSignature signature = Ecdsa.signWith(
                key, digest, FixedRandom.scalars("a6e3c57dd01abe90086538398355dd4c3b17aa873382b0f24d6129493d8aad60"));
        assertArrayEquals(hex("efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716"), signature.r());
        assertArrayEquals(hex("f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8"), signature.s());
        assertTrue(Ecdsa.verify(key.publicPoint(), digest, signature));
    }

    /** GM/T 0003.5, A.2. */
    @Test
    void sm2GivesTheExampleOfTheStandard() {
        EccPrivateKey key = EccPrivateKey.load(
                        EccCurve.SM2_P256, hex("3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8"))
                .orElseThrow();
        byte[] digest = hex("f0b43e94ba45accaace692ed534382eb17e6ab5a19ce7b31f4486fdfc0d28640");
        EccSignature signature = Sm2.signWith(
                        key,
                        digest,
                        FixedRandom.scalars("59276e27d506861a16680f3ad9c02dccef3cc1fa3cdbe4ce6d54b80deac1bc21"))
                .orElseThrow();
        assertArrayEquals(hex("f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3"), signature.r());
        assertArrayEquals(hex("b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa"), signature.s());
        assertTrue(Sm2.verify(key.publicPoint(), digest, signature));
    }

    @Test
    void sm2RefusesTheOneKeyThatCannotSign() {
        byte[] last = Numbers.octets(EccCurve.SM2_P256.order().subtract(BigInteger.ONE), 32);
        EccPrivateKey key = EccPrivateKey.load(EccCurve.SM2_P256, last).orElseThrow();
        assertEquals(Optional.empty(), Sm2.sign(key, new byte[32], random));
    }

    @ParameterizedTest
    @EnumSource
    void everySchemeVerifiesItsOwnSignaturesOnly(EccCurve curve) {
        EccPrivateKey key = EccPrivateKey.generate(curve, random);
        EccPoint point = key.publicPoint();
        EccPoint other = EccPrivateKey.generate(curve, random).publicPoint();
        for (Digest algorithm : Digest.values()) {
            byte[] digest = random.generate(algorithm.size());
            EccSignature ecdsa = Ecdsa.sign(key, digest, random);
            assertTrue(Ecdsa.verify(point, digest, ecdsa));
            assertFalse(Ecdsa.verify(other, digest, ecdsa));
            EccSignature sm2 = Sm2.sign(key, digest, random).orElseThrow();
            assertTrue(Sm2.verify(point, digest, sm2));
            assertFalse(Sm2.verify(other, digest, sm2));
            digest[0] ^= 1;
            assertFalse(Ecdsa.verify(point, digest, ecdsa));
            assertFalse(Sm2.verify(point, digest, sm2));
        }
    }

    @Test
    void schnorrVerifiesItsOwnSignaturesOnly() {
        EccPrivateKey key = EccPrivateKey.generate(EccCurve.NIST_P384, random);
        byte[] digest = random.generate(32);
        EccSignature signature = EcSchnorr.sign(key, Digest.SHA256, digest, random);
        assertTrue(EcSchnorr.verify(key.publicPoint(), Digest.SHA256, digest, signature));
        assertFalse(EcSchnorr.verify(key.publicPoint(), Digest.SHA384, digest, signature));
        digest[0] ^= 1;
        assertFalse(EcSchnorr.verify(key.publicPoint(), Digest.SHA256, digest, signature));
    }

    @Test
    void numbersOutOfRangeAreNoSignature() {
        EccPrivateKey key = EccPrivateKey.generate(EccCurve.NIST_P256, random);
        byte[] digest = new byte[32];
        byte[] order = EccCurve.NIST_P256.orderOctets();
        EccSignature good = Ecdsa.sign(key, digest, random);
        assertFalse(Ecdsa.verify(key.publicPoint(), digest, new EccSignature(new byte[32], good.s())));
        assertFalse(Ecdsa.verify(key.publicPoint(), digest, new EccSignature(good.r(), new byte[0])));
        assertFalse(Ecdsa.verify(key.publicPoint(), digest, new EccSignature(order, good.s())));
        assertFalse(Ecdsa.verify(key.publicPoint(), digest, new EccSignature(good.r(), order)));
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}
