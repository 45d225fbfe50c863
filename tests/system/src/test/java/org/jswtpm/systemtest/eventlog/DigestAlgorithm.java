package org.jswtpm.systemtest.eventlog;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hash algorithms of PCR banks, by TPM_ALG_ID and by the name that Linux gives their bank. */
public enum DigestAlgorithm {
    SHA1(0x0004, 20, "SHA-1"),
    SHA256(0x000B, 32, "SHA-256"),
    SHA384(0x000C, 48, "SHA-384"),
    SHA512(0x000D, 64, "SHA-512");

    private final int id;
    private final int size;
    private final String javaName;

    DigestAlgorithm(int id, int size, String javaName) {
        this.id = id;
        this.size = size;
        this.javaName = javaName;
    }

    /** The algorithm of a TPM_ALG_ID; an unknown one is an {@link EventLogException}. */
    static DigestAlgorithm of(int id) {
        for (DigestAlgorithm algorithm : values()) {
            if (algorithm.id == id) {
                return algorithm;
            }
        }
        throw new EventLogException("unknown hash algorithm 0x" + Integer.toHexString(id));
    }

    /** The size of a digest in octets. */
    public int size() {
        return size;
    }

    /** The bank's name below /sys/class/tpm/tpm0, "pcr-" left out. */
    public String bankName() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** PCR_Extend: the hash of the old value and the digest. */
    byte[] extend(byte[] pcr, byte[] digest) {
        MessageDigest hash;
        try {
            hash = MessageDigest.getInstance(javaName);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        hash.update(pcr);
        return hash.digest(digest);
    }
}
