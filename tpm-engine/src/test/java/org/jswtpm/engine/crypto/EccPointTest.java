package org.jswtpm.engine.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class EccPointTest {
    private final Drbg random = Drbg.instantiate(target -> target[0] = 1, new byte[0]);

    @ParameterizedTest
    @EnumSource
    void theOrderIsThatOfTheGenerator(EccCurve curve) {
        EccPoint generator = curve.generator();
        BigInteger last = curve.order().subtract(BigInteger.ONE);
        EccPoint negative = generator.times(last).orElseThrow();
        assertArrayEquals(generator.x(), negative.x());
        assertTrue(generator.times(curve.orderOctets()).isEmpty());
        assertTrue(curve.order().isProbablePrime(50));
        assertEquals(curve.size(), generator.x().length);
    }

    @ParameterizedTest
    @CsvSource({"NIST_P256, secp256r1", "NIST_P384, secp384r1", "NIST_P521, secp521r1"})
    void theCurvesAreThoseOfTheJavaPlatform(EccCurve curve, String name) throws Exception {
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec(name));
        ECParameterSpec expected = parameters.getParameterSpec(ECParameterSpec.class);
        assertEquals(expected.getCurve().getA(), new BigInteger(1, curve.a()));
        assertEquals(expected.getCurve().getB(), new BigInteger(1, curve.b()));
        assertEquals(expected.getOrder(), curve.order());
        assertEquals(expected.getGenerator().getAffineX(), curve.generator().xNumber());
        assertEquals(
                expected.getGenerator().getAffineY(),
                new BigInteger(1, curve.generator().y()));
    }

    /** NIST CAVP, KAS_ECC_CDH_PrimitiveTest, P-256, COUNT = 0. */
    @Test
    void timesIsEcdh() {
        EccPoint other = EccPoint.of(
                        EccCurve.NIST_P256,
                        hex("700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc838833d287"),
                        hex("db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab85fa4ac"))
                .orElseThrow();
        EccPrivateKey key = EccPrivateKey.load(
                        EccCurve.NIST_P256, hex("7d7dc5f71eb29ddaf80d6214632eeae03d9058af1fb6d22ed80badb62bc1a534"))
                .orElseThrow();
        assertArrayEquals(
                hex("46fc62106420ff012e54a434fbdd2d25ccc5852060561e68040dd7778997bd7b"),
                other.times(key).orElseThrow().x());
    }

    @Test
    void pointsOffTheCurveCannotBeBuilt() {
        EccPoint generator = EccCurve.NIST_P256.generator();
        byte[] y = generator.y();
        y[31] ^= 1;
        assertEquals(Optional.empty(), EccPoint.of(EccCurve.NIST_P256, generator.x(), y));
        assertEquals(Optional.empty(), EccPoint.of(EccCurve.NIST_P256, new byte[0], new byte[0]));
    }

    @Test
    void privateKeysOutOfRangeCannotBeBuilt() {
        assertEquals(Optional.empty(), EccPrivateKey.load(EccCurve.NIST_P256, new byte[32]));
        assertEquals(Optional.empty(), EccPrivateKey.load(EccCurve.NIST_P256, EccCurve.NIST_P256.orderOctets()));
    }

    @ParameterizedTest
    @EnumSource
    void bothSidesOfAKeyExchangeGetTheSamePoint(EccCurve curve) {
        EccPrivateKey staticA = EccPrivateKey.generate(curve, random);
        EccPrivateKey ephemeralA = EccPrivateKey.generate(curve, random);
        EccPrivateKey staticB = EccPrivateKey.generate(curve, random);
        EccPrivateKey ephemeralB = EccPrivateKey.generate(curve, random);
        assertArrayEquals(
                EccKeyExchange.mqv(staticA, ephemeralA, staticB.publicPoint(), ephemeralB.publicPoint())
                        .orElseThrow()
                        .x(),
                EccKeyExchange.mqv(staticB, ephemeralB, staticA.publicPoint(), ephemeralA.publicPoint())
                        .orElseThrow()
                        .x());
        assertArrayEquals(
                EccKeyExchange.sm2(staticA, ephemeralA, staticB.publicPoint(), ephemeralB.publicPoint())
                        .orElseThrow()
                        .y(),
                EccKeyExchange.sm2(staticB, ephemeralB, staticA.publicPoint(), ephemeralA.publicPoint())
                        .orElseThrow()
                        .y());
    }

    /** The answer of TPM2_ZGen_2Phase in swtpm 0.10 with a libtpms on the way to 0.11. */
    @Test
    void sm2ExchangeIsThatOfSwtpm() {
        EccCurve curve = EccCurve.SM2_P256;
        EccPoint staticPoint = EccPoint.of(
                        curve,
                        hex("59b2934e5cf364df12ee147118224bdaf9cbce82b5494ed620872ae53f0a4da9"),
                        hex("2a825ee587097e863d5f1eab39ab929590d206b68a7abc731d1287c3e835b77e"))
                .orElseThrow();
        EccPoint ephemeralPoint = EccPoint.of(
                        curve,
                        hex("365ced6962dab9e59b1a6987a0c04718a00918f0b56daa3c12d42839a485947f"),
                        hex("271020c98c2cdf96ecaab6b8903d7af6a346b787b727a467b5f6e3be118ababe"))
                .orElseThrow();
        EccPrivateKey staticKey = EccPrivateKey.load(
                        curve, hex("84f553045a6d304ed14731c28ad891547c431b3dcdbd02fc24986d76a705fe98"))
                .orElseThrow();
        EccPrivateKey ephemeralKey = EccPrivateKey.load(
                        curve, hex("0b1369368a2949f28e65ce7297e6956bca29e1680805584adf59d5b2519369dd"))
                .orElseThrow();
        assertArrayEquals(
                hex("ad7ff36a05f0dbe485e8cca4555e1f32037493f1df1ef86ac116fa6d5a2c4d12"),
                EccKeyExchange.sm2(staticKey, ephemeralKey, staticPoint, ephemeralPoint)
                        .orElseThrow()
                        .x());
    }

    @Test
    void encryptionIsUndoneByTheOwnerOfTheKeyOnly() {
        EccPrivateKey key = EccPrivateKey.generate(EccCurve.NIST_P384, random);
        byte[] text = "a text that is longer than one digest of the hash".getBytes();
        EccEncryption.Ciphertext encrypted = EccEncryption.encrypt(key.publicPoint(), Digest.SHA256, text, random);
        assertArrayEquals(
                text, EccEncryption.decrypt(key, Digest.SHA256, encrypted).orElseThrow());
        EccPrivateKey other = EccPrivateKey.generate(EccCurve.NIST_P384, random);
        assertEquals(Optional.empty(), EccEncryption.decrypt(other, Digest.SHA256, encrypted));
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}
