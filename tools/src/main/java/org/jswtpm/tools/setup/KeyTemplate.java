package org.jswtpm.tools.setup;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * A TPMT_PUBLIC from which a primary key is made, with the octets of the TCG's profiles (EK Credential Profile 2.0, annex
 * B; Provisioning Guidance, 7.5.1; Keys for Device Identity and Attestation, 7.3.4).
 */
record KeyTemplate(byte[] octets) {
    private static final int ALG_RSA = 0x0001;
    private static final int ALG_ECC = 0x0023;
    private static final int ALG_AES = 0x0006;
    private static final int ALG_CFB = 0x0043;
    private static final int ALG_NULL = 0x0010;
    private static final int ALG_RSAPSS = 0x0016;
    private static final int ALG_ECDSA = 0x0018;

    private static final int USER_WITH_AUTH = 0x40;
    private static final int SIGN = 0x40000;
    private static final int DECRYPT = 0x20000;
    private static final int RESTRICTED = 0x10000;
    /** fixedTPM, fixedParent, sensitiveDataOrigin, adminWithPolicy. */
    private static final int ENDORSEMENT = 0xB2;
    /** fixedTPM, fixedParent, sensitiveDataOrigin, userWithAuth, noDA, restricted, decrypt. */
    private static final int STORAGE = 0x30472;
    /** fixedTPM, fixedParent, sensitiveDataOrigin, userWithAuth, adminWithPolicy, sign. */
    private static final int IDENTITY = 0x400F2;

    private static final byte[] NONE = {};

    /** Of an endorsement key; one that may sign is no standard one. */
    static KeyTemplate endorsement(KeyAlgorithm algorithm, boolean signing, boolean decryption) {
        int attributes = ENDORSEMENT | (algorithm.isLowRange() ? 0 : USER_WITH_AUTH);
        if (signing) {
            attributes |= SIGN | (decryption ? DECRYPT : 0);
        } else {
            attributes |= RESTRICTED | DECRYPT;
        }
        byte[] unique = algorithm.isLowRange() ? new byte[algorithm.octets()] : NONE;
        return of(algorithm, attributes, algorithm.hash().endorsementPolicy(), !signing, ALG_NULL, unique, unique);
    }

    /** Of a storage primary key. */
    static KeyTemplate storage(KeyAlgorithm algorithm) {
        byte[] unique = new byte[algorithm.octets()];
        return of(algorithm, STORAGE, NONE, true, ALG_NULL, unique, unique);
    }

    /** Of an initial attestation key. */
    static KeyTemplate attestation(KeyAlgorithm algorithm) {
        int scheme = algorithm.isRsa() ? ALG_RSAPSS : ALG_ECDSA;
        byte[] policy = algorithm.hash().attestationPolicy();
        return of(algorithm, IDENTITY | RESTRICTED, policy, false, scheme, ascii("IAK"), NONE);
    }

    /** Of an initial device identity. */
    static KeyTemplate identity(KeyAlgorithm algorithm) {
        int scheme = algorithm.isRsa() ? ALG_NULL : ALG_ECDSA;
        return of(algorithm, IDENTITY, algorithm.hash().identityPolicy(), false, scheme, ascii("IDEVID"), NONE);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static KeyTemplate of(
            KeyAlgorithm algorithm, int attributes, byte[] policy, boolean aes, int scheme, byte[] x, byte[] y) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(octets)) {
            out.writeShort(algorithm.isRsa() ? ALG_RSA : ALG_ECC);
            out.writeShort(algorithm.hash().algorithm());
            out.writeInt(attributes);
            sized(out, policy);
            if (aes) {
                out.writeShort(ALG_AES);
                out.writeShort(algorithm.isLowRange() ? 128 : 256);
                out.writeShort(ALG_CFB);
            } else {
                out.writeShort(ALG_NULL);
            }
            out.writeShort(scheme);
            if (scheme != ALG_NULL) {
                out.writeShort(algorithm.hash().algorithm());
            }
            out.writeShort(algorithm.parameter());
            if (algorithm.isRsa()) {
                out.writeInt(0); // the exponent 65537
            } else {
                out.writeShort(ALG_NULL); // no key derivation
            }
            sized(out, x);
            if (!algorithm.isRsa()) {
                sized(out, y);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new KeyTemplate(octets.toByteArray());
    }

    private static void sized(DataOutputStream out, byte[] octets) throws IOException {
        out.writeShort(octets.length);
        out.write(octets);
    }
}
