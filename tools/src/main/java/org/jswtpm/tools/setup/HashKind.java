package org.jswtpm.tools.setup;

import java.util.HexFormat;

/** Name algorithms, with the policies that the TCG's profiles give to keys of that name algorithm. */
enum HashKind {
    SHA256(
            0x000B,
            "837197674484b3f81a90cc8d46a5d724fd52d76e06520b64f2a1da1b331469aa",
            "5437182326e414fca797d5f174615a1641f61255797c3a2b22c21d120b2d1e07",
            "ad6b3a2284fd698a0710bf5cc1b9bdf15e2532e3f601fa4b93a6a8fa8de579ea"),
    SHA384(
            0x000C,
            "b26e7d28d11a50bc53d882bcf5fd3a1a074148bb35d3b4e4cb1c0ad9bde419cacb47ba09699646150f9fc000f3f80e12",
            "129d94ebf84556652c6eef43bbb757512ac87e52be7b349ca6ce4d826f749fcf672f51716c5cbb605f313bf345aab312",
            "4db1aa836d0b5615df6ee53a40ef70c61c217f4303d44695925972bc927006cfa5cbdf6dc18c4dbe329b2f1542c3dd33"),
    SHA512(
            0x000D,
            "b8221ca69e8550a4914de3faa6a18c072cc01208073a928d5d66d59ef79e49a4"
                    + "29c41a6b269571d57edb25fbdb1838425608b413cd616a5f6db5b6071af99bea",
            "8060d1fb31716a29e48a6e5fece088bcfc1b278fc162255e81c3eca3544cd44a"
                    + "f94410c3715d561cccd9e39a6cb2646d43535bb54ea88710deb5f7836bd9b586",
            "7dd7500fd6c1b94f97a6af910da147301ef28f662fee06f225a4ccadda3b4e6b"
                    + "38e66b2f3ad5dee1a0503cd2daedb1e68cfe4f84b03a8cd22bb6a976f071a72f");

    private final int algorithm;
    private final String endorsement;
    private final String attestation;
    private final String identity;

    HashKind(int algorithm, String endorsement, String attestation, String identity) {
        this.algorithm = algorithm;
        this.endorsement = endorsement;
        this.attestation = attestation;
        this.identity = identity;
    }

    /** TPM_ALG_ID. */
    int algorithm() {
        return algorithm;
    }

    /** PolicyA of the EK Credential Profile for SHA-256, PolicyB for the others. */
    byte[] endorsementPolicy() {
        return HexFormat.of().parseHex(endorsement);
    }

    /** The policy of an initial attestation key (Keys for Device Identity and Attestation, 7.3.4). */
    byte[] attestationPolicy() {
        return HexFormat.of().parseHex(attestation);
    }

    /** The policy of an initial device identity. */
    byte[] identityPolicy() {
        return HexFormat.of().parseHex(identity);
    }
}
