package org.jswtpm.engine.tpm2.structure;

import org.jswtpm.engine.wire.WireReader;

/** TPML_CC, a list of command codes (Part 2, 10.9.1). Any 32 bits are a code here. */
public final class CommandCodeList {
    /** MAX_CAP_CC: as many codes as the capability buffer has room for. */
    private static final int MAX_COUNT = (1024 - 2 * Integer.BYTES) / Integer.BYTES;

    private final int[] codes;

    private CommandCodeList(int[] codes) {
        this.codes = codes;
    }

    /** Reads it; TPM_RC_SIZE where it is longer than {@value #MAX_COUNT}. */
    public static CommandCodeList unmarshal(WireReader in) {
        long count = in.unsigned32();
        TpmRc.check(count <= MAX_COUNT, TpmRc.SIZE);
        int[] codes = new int[(int) count];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = in.uint32();
        }
        return new CommandCodeList(codes);
    }

    /** How many codes. */
    public int size() {
        return codes.length;
    }

    /** The code at {@code index}. */
    public int get(int index) {
        return codes[index];
    }
}
