package org.jswtpm.engine.tpm2.differential;

import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;

/** Public areas (TPMT_PUBLIC) that scenes create keys from. */
final class Templates {
    private static final int SHA256 = 0x000B;
    private static final int NULL = 0x0010;
    private static final int AES = 0x0006;
    private static final int CFB = 0x0043;
    private static final int RESTRICTED_DECRYPT = 0x0003_0072;
    private static final int SIGN = 0x0004_0072;
    private static final int DECRYPT = 0x0002_0072;
    private static final int SEALED = 0x0000_0052;

    private Templates() {}

    /** A storage key on a curve, AES-128. */
    static Bytes eccStorage(int curve) {
        return head(0x0023, RESTRICTED_DECRYPT)
                .uint16(AES)
                .uint16(128)
                .uint16(CFB)
                .uint16(NULL)
                .uint16(curve)
                .uint16(NULL)
                .uint16(0)
                .uint16(0)
                .toBytes();
    }

    /** A signing key on a curve; ECDSA with SHA-256. */
    static Bytes eccSign(int curve) {
        return head(0x0023, SIGN)
                .uint16(NULL)
                .uint16(0x0018)
                .uint16(SHA256)
                .uint16(curve)
                .uint16(NULL)
                .uint16(0)
                .uint16(0)
                .toBytes();
    }

    /** A decryption key on a curve, without a scheme. */
    static Bytes eccDecrypt(int curve) {
        return head(0x0023, DECRYPT)
                .uint16(NULL)
                .uint16(NULL)
                .uint16(curve)
                .uint16(NULL)
                .uint16(0)
                .uint16(0)
                .toBytes();
    }

    /** An RSA storage key, AES-128. */
    static Bytes rsaStorage(int bits) {
        return head(0x0001, RESTRICTED_DECRYPT)
                .uint16(AES)
                .uint16(128)
                .uint16(CFB)
                .uint16(NULL)
                .uint16(bits)
                .uint32(0)
                .uint16(0)
                .toBytes();
    }

    /** An RSA decryption key without a scheme. */
    static Bytes rsaDecrypt(int bits) {
        return head(0x0001, DECRYPT)
                .uint16(NULL)
                .uint16(NULL)
                .uint16(bits)
                .uint32(0)
                .uint16(0)
                .toBytes();
    }

    /** A sealed data object that TPM2_Duplicate may give out: its policy is TPM2_PolicyCommandCode of that. */
    static Bytes duplicable(int attributes) {
        byte[] policy = Hasher.digest(
                Digest.SHA256, new byte[32], Bytes.hex("0000016c 0000014b").toArray());
        return new WireWriter()
                .uint16(0x0008)
                .uint16(SHA256)
                .uint32(attributes)
                .sized2(Bytes.wrap(policy))
                .uint16(NULL)
                .uint16(0)
                .toBytes();
    }

    /** A sealed data object. */
    static Bytes sealed() {
        return head(0x0008, SEALED).uint16(NULL).uint16(0).toBytes();
    }

    /** An HMAC key with SHA-256. */
    static Bytes hmac() {
        return head(0x0008, SIGN).uint16(0x0005).uint16(SHA256).uint16(0).toBytes();
    }

    /** An AES key for EncryptDecrypt, no mode of its own. */
    static Bytes aes(int bits) {
        return head(0x0025, DECRYPT | 0x0004_0000)
                .uint16(AES)
                .uint16(bits)
                .uint16(NULL)
                .uint16(0)
                .toBytes();
    }

    private static WireWriter head(int type, int attributes) {
        return new WireWriter().uint16(type).uint16(SHA256).uint32(attributes).uint16(0);
    }
}
