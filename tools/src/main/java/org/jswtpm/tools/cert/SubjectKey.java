package org.jswtpm.tools.cert;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.sec.SECNamedCurves;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.math.ec.ECCurve;

/** The key that a certificate is for. */
final class SubjectKey {
    private static final String[] POST_QUANTUM = {
        "ml-kem-512", "ml-kem-768", "ml-kem-1024", "ml-dsa-44", "ml-dsa-65", "ml-dsa-87"
    };
    private static final ASN1ObjectIdentifier[] POST_QUANTUM_IDS = {
        NISTObjectIdentifiers.id_alg_ml_kem_512,
        NISTObjectIdentifiers.id_alg_ml_kem_768,
        NISTObjectIdentifiers.id_alg_ml_kem_1024,
        NISTObjectIdentifiers.id_ml_dsa_44,
        NISTObjectIdentifiers.id_ml_dsa_65,
        NISTObjectIdentifiers.id_ml_dsa_87
    };
    /** The sizes of public keys in octets (FIPS 203, table 3; FIPS 204, table 2). */
    private static final int[] POST_QUANTUM_SIZES = {800, 1184, 1568, 1312, 1952, 2592};

    private SubjectKey() {}

    /** The family of an algorithm that {@code --keyalgo} names. */
    static String familyOf(String algorithm) throws CertException {
        indexOf(algorithm);
        return algorithm.startsWith("ml-kem") ? "ML-KEM" : "ML-DSA";
    }

    private static int indexOf(String algorithm) throws CertException {
        int index = Arrays.asList(POST_QUANTUM).indexOf(algorithm);
        if (index < 0) {
            throw new CertException("Unsupported key type '" + algorithm + "'.");
        }
        return index;
    }

    /** The key that the command line gives. */
    static SubjectPublicKeyInfo of(CertArguments arguments) throws CertException {
        try {
            if (arguments.has(CertOption.PUBKEY)) {
                return PemFiles.publicKey(arguments.get(CertOption.PUBKEY));
            }
            if (arguments.has(CertOption.MODULUS)) {
                return rsa(arguments.octets(CertOption.MODULUS), arguments.exponent());
            }
            if (arguments.has(CertOption.ECC_X)) {
                return ecc(
                        arguments.get(CertOption.ECC_CURVEID),
                        arguments.octets(CertOption.ECC_X),
                        arguments.octets(CertOption.ECC_Y));
            }
            if (arguments.has(CertOption.PUBLIC)) {
                return postQuantum(arguments.get(CertOption.KEYALGO), arguments.octets(CertOption.PUBLIC));
            }
        } catch (IOException e) {
            throw new CertException("Could not encode the public key: " + e.getMessage());
        }
        throw new CertException("No parameters for a public key were given.");
    }

    private static SubjectPublicKeyInfo rsa(byte[] modulus, long exponent) throws IOException {
        return new SubjectPublicKeyInfo(
                new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
                new RSAPublicKey(new BigInteger(1, modulus), BigInteger.valueOf(exponent)));
    }

    private static SubjectPublicKeyInfo ecc(String curve, byte[] x, byte[] y) throws CertException {
        String name = curve == null ? "secp256r1" : curve;
        ASN1ObjectIdentifier id = switch (name) {
            case "secp256r1" -> SECObjectIdentifiers.secp256r1;
            case "secp384r1" -> SECObjectIdentifiers.secp384r1;
            case "secp521r1" -> SECObjectIdentifiers.secp521r1;
            default -> throw new CertException("Unsupported ECC curve id: " + name);
        };
        var parameters = SECNamedCurves.getByOID(id);
        int size = (parameters.getCurve().getFieldSize() + 7) / 8;
        if (x.length > size || y.length > size) {
            throw new CertException("EC X or Y parameter exceeds expected size of " + size + " bytes");
        }
        if (!isOnCurve(parameters.getCurve(), new BigInteger(1, x), new BigInteger(1, y))) {
            throw new CertException("Could not create " + name + " key");
        }
        byte[] point = new byte[1 + 2 * size];
        point[0] = 4;
        System.arraycopy(x, 0, point, 1 + size - x.length, x.length);
        System.arraycopy(y, 0, point, 1 + 2 * size - y.length, y.length);
        return new SubjectPublicKeyInfo(new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, id), point);
    }

    private static boolean isOnCurve(ECCurve curve, BigInteger x, BigInteger y) {
        BigInteger prime = curve.getField().getCharacteristic();
        return x.compareTo(prime) < 0
                && y.compareTo(prime) < 0
                && curve.createPoint(x, y).isValid();
    }

    private static SubjectPublicKeyInfo postQuantum(String algorithm, byte[] key) throws CertException {
        int index = indexOf(algorithm);
        if (key.length != POST_QUANTUM_SIZES[index]) {
            throw new CertException("Could not create " + algorithm + " public key.");
        }
        return new SubjectPublicKeyInfo(new AlgorithmIdentifier(POST_QUANTUM_IDS[index]), key);
    }

    /** Whether the key agrees on secrets, where an RSA key deciphers them. */
    static boolean isEcc(SubjectPublicKeyInfo key) {
        return key.getAlgorithm().getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey);
    }
}
