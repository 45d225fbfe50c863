package org.jswtpm.engine.tpm12.oracle;

import java.util.ArrayList;
import java.util.List;

/** Commands that need no authorization, and touch what a state has. */
final class PlainCalls {
    static final List<byte[]> ALL = all();

    private PlainCalls() {}

    private static List<byte[]> all() {
        List<byte[]> calls = new ArrayList<>();
        for (int property = 0x101; property <= 0x124; property++) {
            calls.add(capability(5, "%08x".formatted(property)));
        }
        for (String flags : new String[] {"00000108", "00000109"}) {
            calls.add(capability(4, flags));
        }
        for (int list : new int[] {7, 0x0D, 0x0C, 0x10, 0x19}) {
            calls.add(capability(list, ""));
        }
        for (int type : new int[] {1, 2, 4, 5, 9}) {
            calls.add(capability(0x14, "%08x".formatted(type)));
        }
        calls.add(capability(0x19, "0002"));
        for (int index : new int[] {0x0001_2345, 0x1234, 0x1000_0001, 0, 0xFFFF_FFFF}) {
            calls.add(capability(0x11, "%08x".formatted(index)));
            calls.add(call(0xCF, "%08x 00000000 00000004".formatted(index)));
            calls.add(call(0xCD, "%08x 00000000 00000001 61".formatted(index)));
        }
        for (int pcr : new int[] {0, 10, 17, 23}) {
            calls.add(call(0x15, "%08x".formatted(pcr)));
            calls.add(call(0x14, "%08x".formatted(pcr) + "5a".repeat(20)));
        }
        for (int counter = 0; counter < 8; counter++) {
            calls.add(call(0xDE, "%08x".formatted(counter)));
        }
        calls.add(call(0xC8, "0003 000080"));
        calls.add(call(0x46, "00000020"));
        calls.add(call(0x47, "00000003 616263"));
        calls.add(call(0x0A, ""));
        calls.add(call(0x7C, "00".repeat(20)));
        calls.add(call(0x85, "00000000"));
        calls.add(call(0xDB, ""));
        calls.add(call(0xF1, ""));
        calls.add(call(0x53, ""));
        calls.add(call(0x1A, "00000000"));
        calls.add(call(0xA0, ""));
        calls.add(call(0xA1, "00000040" + "5a".repeat(64)));
        calls.add(call(0xA3, "00000003 00000001 5a"));
        calls.add(call(0xA0, ""));
        return calls;
    }

    private static byte[] capability(int area, String subCap) {
        return call(0x65, "%08x %08x".formatted(area, subCap.length() / 2) + subCap);
    }

    private static byte[] call(int ordinal, String parameters) {
        String digits = parameters.replace(" ", "");
        return Tpm12Oracle.hex("00c1 %08x %08x".formatted(10 + digits.length() / 2, ordinal) + digits);
    }
}
