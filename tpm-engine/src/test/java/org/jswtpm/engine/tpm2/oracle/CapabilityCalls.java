package org.jswtpm.engine.tpm2.oracle;

import java.util.List;

/** All that a TPM says of itself. */
final class CapabilityCalls {
    static final List<byte[]> ALL = List.of(
            capability(0, 0),
            capability(1, 0x0000_0000),
            capability(1, 0x4000_0000),
            capability(2, 0x0000_011F),
            capability(3, 0x0000_011F),
            capability(4, 0x0000_011F),
            capability(5, 0),
            capability(6, 0x0000_0100),
            capability(6, 0x0000_0200),
            capability(7, 0),
            capability(8, 0),
            capability(9, 0x4000_0001),
            Call.plain(0x17E, "00000004 0004 03 ff0000 000b 03 ffffff 000c 03 00ff00 000d 03 0000ff"),
            Call.plain(0x17E, "00000001 0004 03 00ffff"),
            Call.plain(0x17E, "00000001 000d 03 ffff00"));

    private CapabilityCalls() {}

    private static byte[] capability(int kind, int first) {
        return Call.plain(0x17A, "%08x %08x 00000100".formatted(kind, first));
    }
}
