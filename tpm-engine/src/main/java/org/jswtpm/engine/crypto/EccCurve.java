package org.jswtpm.engine.crypto;

import java.math.BigInteger;
import org.bouncycastle.math.ec.ECCurve;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.custom.gm.SM2P256V1Curve;
import org.bouncycastle.math.ec.custom.sec.SecP192R1Curve;
import org.bouncycastle.math.ec.custom.sec.SecP224R1Curve;
import org.bouncycastle.math.ec.custom.sec.SecP256R1Curve;
import org.bouncycastle.math.ec.custom.sec.SecP384R1Curve;
import org.bouncycastle.math.ec.custom.sec.SecP521R1Curve;

/** The elliptic curves of the engine (TPM_ECC_CURVE, TCG Algorithm Registry, 6.4). */
public enum EccCurve {
    NIST_P192(0x0001, 192),
    NIST_P224(0x0002, 224),
    NIST_P256(0x0003, 256),
    NIST_P384(0x0004, 384),
    NIST_P521(0x0005, 521),
    BN_P256(0x0010, 256),
    BN_P638(0x0011, 638),
    SM2_P256(0x0020, 256);

    private final int id;
    private final int keyBits;

    EccCurve(int id, int keyBits) {
        this.id = id;
        this.keyBits = keyBits;
    }

    /** The TPM_ECC_CURVE. */
    public int id() {
        return id;
    }

    /** The size of a key in bits, as TPM2_ECC_Parameters tells it. */
    public int keyBits() {
        return keyBits;
    }

    /** Octets of a coordinate and of a private key. */
    public int size() {
        return (keyBits + 7) / 8;
    }

    /** Octets of the order of the generator, and so of each half of a signature. */
    public int orderSize() {
        return (order().bitLength() + 7) / 8;
    }

    /** p, the prime of the field; {@link #size()} octets. */
    public byte[] prime() {
        return Numbers.octets(curve().getField().getCharacteristic(), size());
    }

    /** a, the linear coefficient; {@link #size()} octets. */
    public byte[] a() {
        return Numbers.octets(curve().getA().toBigInteger(), size());
    }

    /** b, the constant coefficient; {@link #size()} octets. */
    public byte[] b() {
        return Numbers.octets(curve().getB().toBigInteger(), size());
    }

    /** G, the generator. */
    public EccPoint generator() {
        return EccPoint.of(this, generatorPoint());
    }

    /** n, the order of the generator, without leading zeros. */
    public byte[] orderOctets() {
        return Numbers.octets(order(), orderSize());
    }

    /** h, the cofactor, without leading zeros. */
    public byte[] cofactor() {
        return Numbers.octets(curve().getCofactor(), 1);
    }

    BigInteger order() {
        return curve().getOrder();
    }

    ECCurve curve() {
        return generatorPoint().getCurve();
    }

    /** Each curve is built when it is first used; most TPMs never use more than two. */
    ECPoint generatorPoint() {
        return switch (this) {
            case NIST_P192 -> P192.GENERATOR;
            case NIST_P224 -> P224.GENERATOR;
            case NIST_P256 -> P256.GENERATOR;
            case NIST_P384 -> P384.GENERATOR;
            case NIST_P521 -> P521.GENERATOR;
            case BN_P256 -> Bn256.GENERATOR;
            case BN_P638 -> Bn638.GENERATOR;
            case SM2_P256 -> Sm2.GENERATOR;
        };
    }

    private static ECPoint point(ECCurve curve, String x, String y) {
        return curve.createPoint(new BigInteger(x, 16), new BigInteger(y, 16));
    }

    /** A Barreto-Naehrig curve y^2 = x^3 + b (ISO/IEC 15946-5). */
    private static ECPoint barretoNaehrig(String p, String b, String n, String x, String y) {
        ECCurve curve = new ECCurve.Fp(
                new BigInteger(p, 16), BigInteger.ZERO, new BigInteger(b, 16), new BigInteger(n, 16), BigInteger.ONE);
        return point(curve, x, y);
    }

    private static final class P192 {
        static final ECPoint GENERATOR = point(
                new SecP192R1Curve(),
                "188da80eb03090f67cbf20eb43a18800f4ff0afd82ff1012",
                "07192b95ffc8da78631011ed6b24cdd573f977a11e794811");
    }

    private static final class P224 {
        static final ECPoint GENERATOR = point(
                new SecP224R1Curve(),
                "b70e0cbd6bb4bf7f321390b94a03c1d356c21122343280d6115c1d21",
                "bd376388b5f723fb4c22dfe6cd4375a05a07476444d5819985007e34");
    }

    private static final class P256 {
        static final ECPoint GENERATOR = point(
                new SecP256R1Curve(),
                "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296",
                "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5");
    }

    private static final class P384 {
        static final ECPoint GENERATOR = point(
                new SecP384R1Curve(),
                "aa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b9859f741e082542a38" + "5502f25dbf55296c3a545e3872760ab7",
                "3617de4a96262c6f5d9e98bf9292dc29f8f41dbd289a147ce9da3113b5f0b8c0"
                        + "0a60b1ce1d7e819d7a431d7c90ea0e5f");
    }

    private static final class P521 {
        static final ECPoint GENERATOR = point(
                new SecP521R1Curve(),
                "00c6858e06b70404e9cd9e3ecb662395b4429c648139053fb521f828af606b4d"
                        + "3dbaa14b5e77efe75928fe1dc127a2ffa8de3348b3c1856a429bf97e7e31c2e5"
                        + "bd66",
                "011839296a789a3bc0045c8a5fb42c7d1bd998f54449579b446817afbd17273e"
                        + "662c97ee72995ef42640c550b9013fad0761353c7086a272c24088be94769fd1"
                        + "6650");
    }

    private static final class Sm2 {
        static final ECPoint GENERATOR = point(
                new SM2P256V1Curve(),
                "32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7",
                "bc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0");
    }

    private static final class Bn256 {
        static final ECPoint GENERATOR = barretoNaehrig(
                "fffffffffffcf0cd46e5f25eee71a49f0cdc65fb12980a82d3292ddbaed33013",
                "3",
                "fffffffffffcf0cd46e5f25eee71a49e0cdc65fb1299921af62d536cd10b500d",
                "1",
                "2");
    }

    private static final class Bn638 {
        static final ECPoint GENERATOR = barretoNaehrig(
                "23fffffdc000000d7fffffb8000001d3fffff942d000165e3fff94870000d52f"
                        + "fffdd0e00008de55c00086520021e55bfffff51ffff4eb800000004c80015acd"
                        + "ffffffffffffece00000000000000067",
                "101",
                "23fffffdc000000d7fffffb8000001d3fffff942d000165e3fff94870000d52f"
                        + "fffdd0e00008de55600086550021e555fffff54ffff4eac000000049800154d9"
                        + "ffffffffffffeda00000000000000061",
                "23fffffdc000000d7fffffb8000001d3fffff942d000165e3fff94870000d52f"
                        + "fffdd0e00008de55c00086520021e55bfffff51ffff4eb800000004c80015acd"
                        + "ffffffffffffece00000000000000066",
                "10");
    }
}
