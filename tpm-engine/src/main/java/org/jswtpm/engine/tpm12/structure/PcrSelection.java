package org.jswtpm.engine.tpm12.structure;

import static org.jswtpm.engine.tpm12.structure.TpmResult.INVALID_PCR_INFO;

import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_PCR_SELECTION (Part 2, 8.1). How many octets it has is part of it: it counts in digests.
 *
 * @param bits PCR n is selected by bit n % 8 of octet n / 8; at most three octets
 */
public record PcrSelection(Bytes bits) {
    /** What selects no PCR, in the size that libtpms gives it. */
    public static final PcrSelection NONE = new PcrSelection(Bytes.zeros(TpmLimits.PCR_COUNT / 8));

    /** Else TPM_INVALID_PCR_INFO. */
    public static PcrSelection unmarshal(WireReader in) {
        int size = in.uint16();
        TpmResult.check(size <= TpmLimits.PCR_COUNT / 8, INVALID_PCR_INFO);
        return new PcrSelection(in.bytes(size));
    }

    public void marshal(WireWriter out) {
        out.sized2(bits);
    }

    /** Whether a PCR is selected. */
    public boolean isSelected(int pcr) {
        return pcr / 8 < bits.size() && (bits.get(pcr / 8) >>> pcr % 8 & 1) != 0;
    }

    /** Whether any PCR is selected. */
    public boolean isUsed() {
        for (int i = 0; i < bits.size(); i++) {
            if (bits.get(i) != 0) {
                return true;
            }
        }
        return false;
    }
}
