package org.jswtpm.engine.tpm2.selftest;

import java.util.Arrays;
import java.util.HexFormat;
import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.EcSchnorr;
import org.jswtpm.engine.crypto.EccCurve;
import org.jswtpm.engine.crypto.EccPoint;
import org.jswtpm.engine.crypto.EccPrivateKey;
import org.jswtpm.engine.crypto.Ecdsa;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.crypto.Kdf;
import org.jswtpm.engine.crypto.RandomSource;
import org.jswtpm.engine.crypto.RsaEncryption;
import org.jswtpm.engine.crypto.RsaPrivateKey;
import org.jswtpm.engine.crypto.RsaSignature;
import org.jswtpm.engine.crypto.SymmetricAlgorithm;
import org.jswtpm.engine.crypto.SymmetricCipher;
import org.jswtpm.engine.crypto.SymmetricMode;
import org.jswtpm.engine.tpm2.structure.AlgId;

/**
 * Whether an algorithm gives the answers that are known from elsewhere: FIPS 180-4 and 197, SP 800-38A and 800-67, RFC 3713,
 * NIST's vectors for ECC CDH; the RSA key, its signature and the KDFa value were made with OpenSSL and Python. What is random
 * is verified, or taken back.
 */
final class KnownAnswers {
    private static final byte[] MESSAGE = {'a', 'b', 'c'};
    private static final byte[] LABEL = {'T', 'E', 'S', 'T', 0};

    private static final String MODULUS =
            "c607f7370d8a7dcfcff613d131c9a160892d479c18fe856d8b46817d8ff5c850717d7c5408dc72c6b0d32727bfd45688"
                    + "a19852d0482e81944dc968eacdf79fb3178b9e73332340fe2a5b0a4aebc2a69f8ebde77c51158defdd0042802c5df555"
                    + "924d2864147935ab02780d602e48d126c57c7e7f2e3a727c82e778c1cbada599";
    private static final String PRIME =
            "f0b988082757ac11b612322049b901524340a2f9927f9299e6c490e825287a1ebdd8f90573371a2e09595893dcb15ec4"
                    + "965b8183842650fed1f982e687021b77";
    private static final String SIGNATURE =
            "51cc2af3a40806d889173ac2ac5fb5039ba8152559c91facca9d7906ce0dce3a7a91bbe117f55e2d15fa8ab9585b0e6e"
                    + "ea18092b6340720718f7a055b160d2d92c05755c5e3ce2676fa40201a0e99e72be4ede3d140ae2f4c37ae32fd874dbb2"
                    + "0b1f6d6dd67cd01404b604e7622406144a94cf68e1f3f2c11cbc96b2494305e3";
    private static final String SCALAR = "7d7dc5f71eb29ddaf80d6214632eeae03d9058af1fb6d22ed80badb62bc1a534";

    private KnownAnswers() {}

    /** Whether {@code algorithm} works; true for one that has nothing of its own to test. */
    static boolean holdFor(AlgId algorithm, RandomSource random) {
        return switch (algorithm) {
            case SHA1 -> digests(Digest.SHA1, "a9993e364706816aba3e25717850c26c9cd0d89d");
            case SHA256 -> digests(Digest.SHA256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
            case SHA384 ->
                digests(
                        Digest.SHA384,
                        "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed"
                                + "8086072ba1e7cc2358baeca134c825a7");
            case SHA512 ->
                digests(
                        Digest.SHA512,
                        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
                                + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f");
            case AES ->
                encrypts(
                        SymmetricAlgorithm.AES,
                        SymmetricMode.ECB,
                        "000102030405060708090a0b0c0d0e0f",
                        "00112233445566778899aabbccddeeff",
                        "69c4e0d86a7b0430d8cdb78070b4c55a");
            case CFB ->
                encrypts(
                        SymmetricAlgorithm.AES,
                        SymmetricMode.CFB,
                        "2b7e151628aed2a6abf7158809cf4f3c",
                        "6bc1bee22e409f96e93d7e117393172a",
                        "3b3fd92eb72dad20333449f8e83cfb4a");
            case TDES ->
                encrypts(
                        SymmetricAlgorithm.TDES,
                        SymmetricMode.ECB,
                        "0123456789abcdef23456789abcdef01456789abcdef0123",
                        "5468652071756663",
                        "a826fd8ce53b855f");
            case CAMELLIA ->
                encrypts(
                        SymmetricAlgorithm.CAMELLIA,
                        SymmetricMode.ECB,
                        "0123456789abcdeffedcba9876543210",
                        "0123456789abcdeffedcba9876543210",
                        "67673138549669730857065648eabe43");
            case KDF1_SP800_108 -> derives();
            case RSASSA, RSAPSS -> signsWithRsa(algorithm, random);
            case RSAES, OAEP -> encryptsWithRsa(algorithm, random);
            case ECDSA, ECSCHNORR -> signsWithEcc(algorithm, random);
            case ECDH -> exchanges();
            default -> true;
        };
    }

    private static boolean digests(Digest algorithm, String expected) {
        return Arrays.equals(Hasher.digest(algorithm, MESSAGE), hex(expected));
    }

    /** There and back; the modes that take an initial value start from 00, 01, and so on. */
    private static boolean encrypts(
            SymmetricAlgorithm algorithm, SymmetricMode mode, String key, String text, String expected) {
        byte[] data = hex(text);
        SymmetricCipher.encrypt(algorithm, mode, hex(key), initialValue(mode), data);
        boolean same = Arrays.equals(data, hex(expected));
        SymmetricCipher.decrypt(algorithm, mode, hex(key), initialValue(mode), data);
        return same && Arrays.equals(data, hex(text));
    }

    private static byte[] initialValue(SymmetricMode mode) {
        return mode == SymmetricMode.ECB ? new byte[0] : hex("000102030405060708090a0b0c0d0e0f");
    }

    private static boolean derives() {
        byte[] key = hex("0b".repeat(20));
        byte[] derived = Kdf.kdfa(Digest.SHA256, key, LABEL, hex("01010101"), hex("02020202"), 256);
        return Arrays.equals(derived, hex("3c65ed28fa6bd89a11fd0de43e2aef212b545850d4e118a39d6eeb48608cea0f"));
    }

    private static RsaPrivateKey rsaKey() {
        return RsaPrivateKey.load(hex(MODULUS), 65537, hex(PRIME)).orElseThrow();
    }

    private static boolean signsWithRsa(AlgId scheme, RandomSource random) {
        RsaPrivateKey key = rsaKey();
        byte[] digest = Hasher.digest(Digest.SHA256, MESSAGE);
        if (scheme == AlgId.RSASSA) {
            byte[] signature =
                    RsaSignature.signPkcs1(key, Digest.SHA256, digest).orElseThrow();
            return Arrays.equals(signature, hex(SIGNATURE))
                    && RsaSignature.verifyPkcs1(key.publicKey(), Digest.SHA256, digest, signature);
        }
        byte[] signature =
                RsaSignature.signPss(key, Digest.SHA256, digest, random).orElseThrow();
        return RsaSignature.verifyPss(key.publicKey(), Digest.SHA256, digest, signature);
    }

    private static boolean encryptsWithRsa(AlgId scheme, RandomSource random) {
        RsaPrivateKey key = rsaKey();
        if (scheme == AlgId.RSAES) {
            byte[] encrypted =
                    RsaEncryption.encryptPkcs1(key.publicKey(), MESSAGE, random).orElseThrow();
            return Arrays.equals(RsaEncryption.decryptPkcs1(key, encrypted).orElseThrow(), MESSAGE);
        }
        byte[] encrypted = RsaEncryption.encryptOaep(key.publicKey(), Digest.SHA1, LABEL, MESSAGE, random)
                .orElseThrow();
        return Arrays.equals(
                RsaEncryption.decryptOaep(key, Digest.SHA1, LABEL, encrypted).orElseThrow(), MESSAGE);
    }

    private static EccPrivateKey eccKey() {
        return EccPrivateKey.load(EccCurve.NIST_P256, hex(SCALAR)).orElseThrow();
    }

    private static boolean signsWithEcc(AlgId scheme, RandomSource random) {
        EccPrivateKey key = eccKey();
        byte[] digest = Hasher.digest(Digest.SHA256, MESSAGE);
        if (scheme == AlgId.ECDSA) {
            return Ecdsa.verify(key.publicPoint(), digest, Ecdsa.sign(key, digest, random));
        }
        return EcSchnorr.verify(
                key.publicPoint(), Digest.SHA256, digest, EcSchnorr.sign(key, Digest.SHA256, digest, random));
    }

    private static boolean exchanges() {
        EccPoint peer = EccPoint.of(
                        EccCurve.NIST_P256,
                        hex("700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc838833d287"),
                        hex("db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab85fa4ac"))
                .orElseThrow();
        byte[] shared = peer.times(eccKey()).orElseThrow().x();
        return Arrays.equals(shared, hex("46fc62106420ff012e54a434fbdd2d25ccc5852060561e68040dd7778997bd7b"));
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}
