package org.jswtpm.engine.crypto;

/**
 * The hash algorithms of the engine with what other algorithms need to know of them: their sizes and the DER prefix
 * that RSASSA-PKCS1-v1_5 puts before a digest (RFC 8017, 9.2, note 1).
 */
public enum Digest {
    SHA1(0x0004, "SHA-1", 20, 64, 0x2b, 0x0e, 0x03, 0x02, 0x1a),
    SHA256(0x000b, "SHA-256", 32, 64, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01),
    SHA384(0x000c, "SHA-384", 48, 128, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x02),
    SHA512(0x000d, "SHA-512", 64, 128, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x03);

    private final int algId;
    private final String javaName;
    private final int size;
    private final int blockSize;
    private final byte[] oid;

    Digest(int algId, String javaName, int size, int blockSize, int... oid) {
        this.algId = algId;
        this.javaName = javaName;
        this.size = size;
        this.blockSize = blockSize;
        this.oid = new byte[oid.length];
        for (int i = 0; i < oid.length; i++) {
            this.oid[i] = (byte) oid[i];
        }
    }

    /** The algorithm of a TPM_ALG_ID, or null where the engine has no such hash. */
    public static Digest of(int algId) {
        return switch (algId) {
            case 0x0004 -> SHA1;
            case 0x000b -> SHA256;
            case 0x000c -> SHA384;
            case 0x000d -> SHA512;
            default -> null;
        };
    }

    /** The TPM_ALG_ID (Part 2, 6.3). */
    public int algId() {
        return algId;
    }

    /** Octets of a digest. */
    public int size() {
        return size;
    }

    /** Octets of a block of the compression function; HMAC keys are padded to it. */
    public int blockSize() {
        return blockSize;
    }

    /** The name by which the Java platform knows the algorithm. */
    String javaName() {
        return javaName;
    }

    /** The DER encoding of DigestInfo up to the digest itself; the caller's copy. */
    byte[] derPrefix() {
        byte[] der = new byte[oid.length + 10];
        der[0] = 0x30;
        der[1] = (byte) (oid.length + 8 + size);
        der[2] = 0x30;
        der[3] = (byte) (oid.length + 4);
        der[4] = 0x06;
        der[5] = (byte) oid.length;
        System.arraycopy(oid, 0, der, 6, oid.length);
        der[oid.length + 6] = 0x05;
        der[oid.length + 7] = 0x00;
        der[oid.length + 8] = 0x04;
        der[oid.length + 9] = (byte) size;
        return der;
    }
}
