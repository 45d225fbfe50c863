package org.jswtpm.engine.tpm2.oracle;

import java.util.List;

/** Commands that use a policy session, for its policy and as the authorization of others. */
final class PolicyCalls {
    private static final int OWNER = 0x4000_0001;
    private static final int NULL = 0x4000_0007;
    private static final int LOCKOUT = 0x4000_000A;
    private static final int ENDORSEMENT = 0x4000_000B;
    private static final int PLATFORM = 0x4000_000C;

    private static final String DIGEST = "0020" + "5a".repeat(32);

    private PolicyCalls() {}

    static List<byte[]> use(int session) {
        return List.of(
                Call.plain(0x189, "", session),
                Call.by(session, 0x129, "0000", OWNER),
                Call.by(session, 0x129, "0000", ENDORSEMENT),
                Call.by(session, 0x129, "0000", PLATFORM),
                Call.by(session, 0x129, "0000", LOCKOUT),
                Call.by(session, 0x13D, "", 16),
                Call.by(session, 0x13C, "0003 616263", 20),
                Call.authorized(0x151, 1, "0000 0000 0000 00000000", NULL, session),
                Call.plain(0x17F, "0000 00000001 000b 03 800001", session),
                Call.plain(0x16F, "1f", session),
                Call.plain(0x16C, "0000017b", session),
                Call.plain(0x16D, "0001 00 0000 0003", session),
                Call.plain(0x187, "", session),
                Call.plain(0x16E, DIGEST, session),
                Call.plain(0x170, DIGEST, session),
                Call.plain(0x188, "0000 0000 00", session),
                Call.plain(0x190, DIGEST, session),
                Call.plain(0x171, "00000002" + DIGEST + DIGEST, session),
                Call.plain(0x16A, "0000 0000 0000 8022 40000007 0000", session),
                Call.plain(0x172, "0000 0000 0000 0022 000b" + "5a".repeat(32) + "8025 40000007 0000", session),
                Call.plain(0x16B, "", session),
                Call.by(session, 0x129, "0000", OWNER),
                Call.plain(0x18C, "", session),
                Call.by(session, 0x129, "0000", OWNER),
                Call.plain(0x18F, "01", session),
                Call.plain(0x189, "", session),
                Call.plain(0x180, "", session),
                Call.by(session, 0x129, "0000", PLATFORM),
                Call.by(session, 0x17B, "0004"));
    }
}
