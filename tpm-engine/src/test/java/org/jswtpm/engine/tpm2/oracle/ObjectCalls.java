package org.jswtpm.engine.tpm2.oracle;

import java.util.List;

/** Commands that use an object, whatever it is: each kind of object refuses those of the others. */
final class ObjectCalls {
    private static final int NULL = 0x4000_0007;
    private static final int OWNER = 0x4000_0001;
    private static final int ENDORSEMENT = 0x4000_000B;
    private static final int PCR = 16;
    private static final int SPARE = 0x8100_7777;

    private static final String DIGEST = "0020" + "5a".repeat(32);
    private static final String HASH_TICKET = "8024 40000007 0000";
    private static final String BLOCK = "0010" + "5a".repeat(16);
    private static final String CIPHERTEXT = "0080" + "05".repeat(128);
    /** The base point of P-256, in its own structure. */
    private static final String POINT = "0044 0020 6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
            + "0020 4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5";
    /** TPM2B_SENSITIVE_CREATE and TPM2B_PUBLIC of an HMAC key. */
    private static final String HMAC_KEY = "0004 0000 0000 0010 0008 000b 00040460 0000 0005 000b 0000";

    private ObjectCalls() {}

    /** What leaves the object where it is. */
    static List<byte[]> use(int object) {
        return List.of(
                Call.plain(0x173, "", object),
                Call.plain(0x162, "", object),
                Call.authorized(0x15D, 1, DIGEST + "0010" + HASH_TICKET, object),
                Call.authorized(0x15D, 1, DIGEST + "0018 000b" + HASH_TICKET, object),
                Call.authorized(0x15D, 1, DIGEST + "0014 000b" + HASH_TICKET, object),
                Call.authorized(0x15D, 1, DIGEST + "0005 000b" + HASH_TICKET, object),
                Call.authorized(0x148, 2, "0000 0010", object, NULL),
                Call.authorized(0x148, 2, "0000 0010", object, object),
                Call.authorized(0x14C, 2, "0000 0010", ENDORSEMENT, object),
                Call.authorized(0x155, 1, "0003 616263 0010", object),
                Call.authorized(0x193, 1, BLOCK + "00 0010" + BLOCK, object),
                Call.plain(0x174, "0003 616263 0010 0000", object),
                Call.authorized(0x159, 1, CIPHERTEXT + "0010 0000", object),
                Call.plain(0x163, "", object),
                Call.authorized(0x154, 1, POINT, object),
                Call.authorized(0x18B, 1, "0000 0000 0000", object),
                Call.authorized(0x15E, 1, "", object),
                Call.authorized(0x153, 1, HMAC_KEY + "0000 00000000", object),
                Call.authorized(0x156, 1, "0000" + HMAC_KEY.substring(15) + BLOCK + BLOCK + "0010", object),
                Call.authorized(0x150, 1, "0000", object, object),
                Call.plain(0x168, BLOCK + "0022 000b" + "5a".repeat(32), object),
                Call.authorized(0x147, 2, BLOCK + CIPHERTEXT, object, object),
                Call.authorized(0x14B, 1, "0000 0010", object, NULL),
                Call.plain(0x177, DIGEST + "0018 000b" + DIGEST + DIGEST, object),
                Call.plain(0x177, DIGEST + "0005 000b" + "5a".repeat(32), object),
                Call.plain(0x176, BLOCK + CIPHERTEXT + "00 0010 000b", object, NULL),
                Call.plain(0x176, BLOCK + "0000 00 0010 000b", NULL, object),
                Call.authorized(0x120, 1, "%08x".formatted(SPARE), OWNER, object),
                Call.authorized(0x120, 1, "%08x".formatted(SPARE), OWNER, SPARE));
    }

    /** What a sequence is for; it ends with it. */
    static List<byte[]> useSequence(int sequence) {
        return List.of(
                Call.authorized(0x15C, 1, "0083" + "5a".repeat(131), sequence),
                Call.plain(0x162, "", sequence),
                Call.authorized(0x185, 2, "0001 65", PCR, sequence),
                Call.authorized(0x13E, 1, "0003 616263 40000007", sequence));
    }
}
