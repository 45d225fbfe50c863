package org.jswtpm.systemtest.tpm;

import java.util.HexFormat;

/** Public areas that give a primary key (TPMT_PUBLIC, Part 2, 12.2.4). */
public enum Template {
    /** The TCG's RSA-2048 EK template L-1 ("TCG EK Credential Profile", B.3.3). */
    EK_RSA_2048(
            "0001 000b 000300b2 0020 837197674484b3f81a90cc8d46a5d724fd52d76e06520b64f2a1da1b331469aa"
                    + "0006 0080 0043 0010 0800 00000000 0100",
            256),
    /** The TCG's ECC P-256 EK template L-2 ("TCG EK Credential Profile", B.3.4). */
    EK_ECC_P256(
            "0023 000b 000300b2 0020 837197674484b3f81a90cc8d46a5d724fd52d76e06520b64f2a1da1b331469aa"
                    + "0006 0080 0043 0010 0003 0010 0020 " + "00".repeat(32) + "0020",
            32),
    /** A storage key, RSA-2048. */
    SRK_RSA_2048("0001 000b 00030472 0000 0006 0080 0043 0010 0800 00000000 0100", 256),
    /** A storage key, ECC P-256. */
    SRK_ECC_P256("0023 000b 00030472 0000 0006 0080 0043 0010 0003 0010 0000 0000", 0),
    /** A key for HMACs with SHA-256. */
    HMAC_SHA_256("0008 000b 00040072 0000 0005 000b 0000", 0);

    private final byte[] publicArea;

    Template(String octets, int zeros) {
        publicArea = HexFormat.of().parseHex(octets.replace(" ", "") + "00".repeat(zeros));
    }

    byte[] publicArea() {
        return publicArea;
    }
}
