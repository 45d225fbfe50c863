package org.jswtpm.engine.tpm2.oracle;

import java.util.ArrayList;
import java.util.List;

/** Commands that use an NV Index, whatever its type is. */
final class NvCalls {
    private static final int OWNER = 0x4000_0001;
    private static final int NULL = 0x4000_0007;
    private static final int PLATFORM = 0x4000_000C;
    private static final int FIRST_POLICY_SESSION = 0x0300_0000;

    private NvCalls() {}

    static List<byte[]> use(int index) {
        List<byte[]> calls = new ArrayList<>();
        calls.add(Call.plain(0x169, "", index));
        for (int authority : new int[] {OWNER, PLATFORM, index}) {
            calls.add(Call.authorized(0x14E, 1, "0008 0000", authority, index));
            calls.add(Call.authorized(0x14E, 1, "0000 0000", authority, index));
            calls.add(Call.authorized(0x134, 1, "", authority, index));
            calls.add(Call.authorized(0x135, 1, "00000000 00000001", authority, index));
            calls.add(Call.authorized(0x136, 1, "0003 616263", authority, index));
            calls.add(Call.authorized(0x137, 1, "0008 0000000000000001 0000", authority, index));
            calls.add(Call.authorized(0x137, 1, "0001 61 0001", authority, index));
            calls.add(Call.authorized(0x184, 2, "0000 0010 0008 0000", NULL, authority, index));
            calls.add(Call.authorized(0x184, 2, "0000 0010 0000 0000", NULL, authority, index));
            calls.add(Call.authorized(0x149, 1, "0001 00 0000 0000", authority, index, FIRST_POLICY_SESSION));
        }
        calls.add(Call.by(FIRST_POLICY_SESSION, 0x14E, "0008 0000", index, index));
        calls.add(Call.by(FIRST_POLICY_SESSION, 0x13B, "0000", index));
        calls.add(Call.authorized(0x192, 1, "", index, index, FIRST_POLICY_SESSION));
        calls.add(Call.authorized(0x14F, 1, "", OWNER, index));
        calls.add(Call.authorized(0x138, 1, "", OWNER, index));
        calls.add(Call.authorized(0x137, 1, "0001 61 0000", OWNER, index));
        return calls;
    }
}
