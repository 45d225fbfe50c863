package org.jswtpm.engine.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The nonces of signatures, also where the generator of the TPM repeats itself. */
class HedgedRandomTest {
    /** The generator that has failed: it gives the same octets for ever. */
    private static final RandomSource FROZEN = target -> Arrays.fill(target, (byte) 0x5a);

    private static final EccPrivateKey P256 = key(EccCurve.NIST_P256, 1);

    private static EccPrivateKey key(EccCurve curve, int number) {
        byte[] scalar = new byte[curve.size()];
        Arrays.fill(scalar, scalar.length / 2, scalar.length, (byte) number);
        return EccPrivateKey.load(curve, scalar).orElseThrow();
    }

    private static byte[] digest(int number) {
        return Hasher.digest(Digest.SHA256, new byte[] {(byte) number});
    }

    /** RFC 6979, A.2.3 to A.2.7: the k of SHA-256. */
    @ParameterizedTest
    @CsvSource({
        "NIST_P192, 6FAB034934E4C0FC9AE67F5B5659A9D7D1FEFD187EE09FD4, sample,"
                + "32B1B6D7D42A05CB449065727A84804FB1A3E34D8F261496",
        "NIST_P192, 6FAB034934E4C0FC9AE67F5B5659A9D7D1FEFD187EE09FD4, test,"
                + "5C4CE89CF56D9E7C77C8585339B006B97B5F0680B4306C6C",
        "NIST_P224, F220266E1105BFE3083E03EC7A3A654651F45E37167E88600BF257C1, sample,"
                + "AD3029E0278F80643DE33917CE6908C70A8FF50A411F06E41DEDFCDC",
        "NIST_P224, F220266E1105BFE3083E03EC7A3A654651F45E37167E88600BF257C1, test,"
                + "FF86F57924DA248D6E44E8154EB69F0AE2AEBAEE9931D0B5A969F904",
        "NIST_P256, C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721, sample,"
                + "A6E3C57DD01ABE90086538398355DD4C3B17AA873382B0F24D6129493D8AAD60",
        "NIST_P256, C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721, test,"
                + "D16B6AE827F17175E040871A1C7EC3500192C4C92677336EC2537ACAEE0008E0",
        "NIST_P384, 6B9D3DAD2E1B8C1C05B19875B6659F4DE23C3B667BF297BA9AA47740787137D896D5724E4C70A825F872C9EA60D2EDF5,"
                + " sample,"
                + "180AE9F9AEC5438A44BC159A1FCB277C7BE54FA20E7CF404B490650A8ACC414E375572342863C899F9F2EDF9747A9B60",
        "NIST_P384, 6B9D3DAD2E1B8C1C05B19875B6659F4DE23C3B667BF297BA9AA47740787137D896D5724E4C70A825F872C9EA60D2EDF5,"
            + " test,0CFAC37587532347DC3389FDC98286BBA8C73807285B184C83E62E26C401C0FAA48DD070BA79921A3457ABFF2D630AD7",
        "NIST_P521,"
            + " 00FAD06DAA62BA3B25D2FB40133DA757205DE67F5BB0018FEE8C86E1B68C7E75CAA896EB32F1F47C70855836A6D16FCC1466F6D8FBEC67DB89EC0C08B0E996B83538,"
            + " sample,"
            + "00EDF38AFCAAECAB4383358B34D67C9F2216C8382AAEA44A3DAD5FDC9C32575761793FEF24EB0FC276DFC4F6E3EC476752F043CF01415387470BCBD8678ED2C7E1A0",
        "NIST_P521,"
            + " 00FAD06DAA62BA3B25D2FB40133DA757205DE67F5BB0018FEE8C86E1B68C7E75CAA896EB32F1F47C70855836A6D16FCC1466F6D8FBEC67DB89EC0C08B0E996B83538,"
            + " test,"
            + "001DE74955EFAABC4C4F17F8E84D881D1310B5392D7700275F82F145C61E843841AF09035BF7A6210F5A431A6A9E81C9323354A9E69135D44EBD2FCAA7731B909258"
    })
    void givesTheNoncesOfItsRfcWhereNothingIsAdded(EccCurve curve, String key, String message, String k) {
        BigInteger order = curve.order();
        byte[] digest = Hasher.digest(Digest.SHA256, message.getBytes(StandardCharsets.US_ASCII));
        byte[] reduced =
                Numbers.octets(Ecdsa.leadingBits(digest, order.bitLength()).mod(order), curve.orderSize());
        BigInteger nonce;
        try (HedgedRandom nonces = new HedgedRandom(hex(key), reduced)) {
            do {
                nonce = Ecdsa.leadingBits(nonces.generate(curve.orderSize()), order.bitLength());
            } while (nonce.signum() == 0 || nonce.compareTo(order) >= 0);
        }
        assertEquals(new BigInteger(k, 16), nonce);
    }

    /** RFC 6979, A.1: the curve is none of ours, and its first two candidates are too large. */
    @Test
    void goesOnAsItsRfcWhenACandidateIsOfNoUse() {
        BigInteger order = new BigInteger("4000000000000000000020108A2E0CC0D99F8A5EF", 16);
        byte[] key = hex("009A4D6792295A7F730FC3F2B49CBC0F62E862272F");
        byte[] reduced = hex("01795EDF0D54DB760F156D0DAC04C0322B3A204224");
        try (HedgedRandom nonces = new HedgedRandom(key, reduced)) {
            BigInteger first = Ecdsa.leadingBits(nonces.generate(21), order.bitLength());
            BigInteger second = Ecdsa.leadingBits(nonces.generate(21), order.bitLength());
            BigInteger third = Ecdsa.leadingBits(nonces.generate(21), order.bitLength());
            assertEquals(1, first.compareTo(order));
            assertEquals(1, second.compareTo(order));
            assertEquals(new BigInteger("23AF4074C90A02B3FE61D286D5C87F425E6BDD81B", 16), third);
        }
    }

    @Test
    void aWorkingGeneratorSignsEqualDigestsWithDifferentNonces() {
        Drbg random = Drbg.instantiate(target -> target[0] = 1, new byte[0]);
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            seen.add(text(Ecdsa.sign(P256, digest(1), random).r()));
        }
        assertEquals(50, seen.size());
    }

    @ParameterizedTest
    @EnumSource
    void aFrozenOneSignsDifferentDigestsWithDifferentNonces(EccCurve curve) {
        EccPrivateKey key = key(curve, 1);
        Set<String> ecdsa = new HashSet<>();
        Set<String> schnorr = new HashSet<>();
        Set<BigInteger> sm2 = new HashSet<>();
        Set<String> ecdaa = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            byte[] digest = digest(i);
            ecdsa.add(text(Ecdsa.sign(key, digest, FROZEN).r()));
            EccSignature signature = EcSchnorr.sign(key, Digest.SHA256, digest, FROZEN);
            schnorr.add(text(nonceOfSchnorr(key, signature)));
            sm2.add(nonceOfSm2(key, Sm2.sign(key, digest, FROZEN).orElseThrow()));
            ecdaa.add(text(Ecdaa.sign(key, Digest.SHA256, digest, new byte[] {5}, FROZEN)
                    .r()));
        }
        assertEquals(20, ecdsa.size());
        assertEquals(20, schnorr.size());
        assertEquals(20, sm2.size());
        assertEquals(20, ecdaa.size());
    }

    @Test
    void aFrozenOneSignsWithDifferentNoncesForDifferentKeys() {
        Set<String> seen = new HashSet<>();
        for (int number = 1; number <= 50; number++) {
            seen.add(text(Ecdsa.sign(key(EccCurve.NIST_P256, number), digest(1), FROZEN)
                    .r()));
        }
        assertEquals(50, seen.size());
    }

    /** From one nonce in two equations the key would follow as well. */
    @Test
    void aFrozenOneSharesNoNonceBetweenSchemesAndHashes() {
        byte[] digest = digest(1);
        Set<BigInteger> nonces = new HashSet<>();
        nonces.add(nonceOfEcdsa(P256, digest, Ecdsa.sign(P256, digest, FROZEN)));
        nonces.add(nonceOfSm2(P256, Sm2.sign(P256, digest, FROZEN).orElseThrow()));
        nonces.add(new BigInteger(1, nonceOfSchnorr(P256, EcSchnorr.sign(P256, Digest.SHA256, digest, FROZEN))));
        nonces.add(new BigInteger(1, nonceOfSchnorr(P256, EcSchnorr.sign(P256, Digest.SHA384, digest, FROZEN))));
        nonces.add(new BigInteger(
                1,
                Ecdaa.sign(P256, Digest.SHA256, digest, new byte[] {5}, FROZEN).r()));
        assertEquals(5, nonces.size());
    }

    /** Other schemes than ECDSA sign all of a digest, not its leading bits. */
    @Test
    void aFrozenOneTellsDigestsApartThatBeginAlike() {
        byte[] digest = new byte[64];
        byte[] other = new byte[64];
        other[63] = 1;
        assertNotEquals(
                nonceOfSm2(P256, Sm2.sign(P256, digest, FROZEN).orElseThrow()),
                nonceOfSm2(P256, Sm2.sign(P256, other, FROZEN).orElseThrow()));
        assertFalse(Arrays.equals(
                nonceOfSchnorr(P256, EcSchnorr.sign(P256, Digest.SHA256, digest, FROZEN)),
                nonceOfSchnorr(P256, EcSchnorr.sign(P256, Digest.SHA256, other, FROZEN))));
    }

    /** Reduced by the order they are the same number. */
    @Test
    void aFrozenOneTellsDigestsApartThatDifferByTheOrder() {
        byte[] order = EccCurve.NIST_P256.orderOctets();
        assertFalse(Arrays.equals(
                nonceOfSchnorr(P256, EcSchnorr.sign(P256, Digest.SHA256, new byte[32], FROZEN)),
                nonceOfSchnorr(P256, EcSchnorr.sign(P256, Digest.SHA256, order, FROZEN))));
    }

    @Test
    void isWipedWhenItIsClosed() {
        HedgedRandom nonces = HedgedRandom.of(1, null, P256, digest(1), FROZEN);
        byte[] before = nonces.generate(32);
        nonces.close();
        HedgedRandom empty = HedgedRandom.of(2, Digest.SHA1, key(EccCurve.NIST_P384, 7), digest(2), FROZEN);
        empty.generate(1);
        empty.close();
        byte[] after = nonces.generate(32);
        assertFalse(Arrays.equals(before, after));
        assertArrayEquals(after, empty.generate(32), "nothing is left of what it was made from");
    }

    /** k = s^-1 (e + r d). */
    private static BigInteger nonceOfEcdsa(EccPrivateKey key, byte[] digest, EccSignature signature) {
        BigInteger order = key.curve().order();
        BigInteger sum = new BigInteger(1, digest).add(signature.rNumber().multiply(key.scalar()));
        return signature.sNumber().modInverse(order).multiply(sum).mod(order);
    }

    /** k = s - r d. */
    private static byte[] nonceOfSchnorr(EccPrivateKey key, EccSignature signature) {
        BigInteger order = key.curve().order();
        BigInteger k = signature.sNumber().subtract(signature.rNumber().multiply(key.scalar()));
        return Numbers.octets(k.mod(order), key.curve().orderSize());
    }

    /** k = s (1 + d) + r d. */
    private static BigInteger nonceOfSm2(EccPrivateKey key, EccSignature signature) {
        BigInteger d = key.scalar();
        BigInteger k = signature
                .sNumber()
                .multiply(d.add(BigInteger.ONE))
                .add(signature.rNumber().multiply(d));
        return k.mod(key.curve().order());
    }

    private static String text(byte[] octets) {
        return HexFormat.of().formatHex(octets);
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}
