package org.jswtpm.engine.tpm2.structure;

import java.util.ArrayList;
import java.util.List;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPMS_PCR_SELECTION, some PCRs of one bank (Part 2, 10.6.2). The bit map has three octets always: fewer and more are
 * refused.
 *
 * @param hash the bank
 * @param pcrs bit n stands for PCR n
 */
public record PcrSelection(HashAlg hash, int pcrs) {
    /** PCR_SELECT_MIN and PCR_SELECT_MAX, which are the same with 24 PCRs. */
    public static final int SELECT_SIZE = 3;

    /** HASH_COUNT: how many banks there may be, and so how many selections in a list. */
    public static final int MAX_COUNT = 4;

    /** Reads one selection; TPM_RC_HASH, or TPM_RC_VALUE for the size of the bit map. */
    public static PcrSelection unmarshal(WireReader in, AlgorithmSet algorithms) {
        HashAlg hash = HashAlg.unmarshal(in, algorithms);
        TpmRc.check(in.uint8() == SELECT_SIZE, TpmRc.VALUE);
        return new PcrSelection(hash, in.uint8() | in.uint8() << 8 | in.uint8() << 16);
    }

    /** Reads a TPML_PCR_SELECTION (Part 2, 10.9.7); TPM_RC_SIZE where it is longer than there are banks. */
    public static List<PcrSelection> unmarshalList(WireReader in, AlgorithmSet algorithms) {
        long count = in.unsigned32();
        TpmRc.check(count <= MAX_COUNT, TpmRc.SIZE);
        List<PcrSelection> list = new ArrayList<>((int) count);
        for (int i = 0; i < count; i++) {
            list.add(unmarshal(in, algorithms));
        }
        return list;
    }

    /** Writes a TPML_PCR_SELECTION. */
    public static void marshalList(List<PcrSelection> list, WireWriter out) {
        out.uint32(list.size());
        for (int i = 0; i < list.size(); i++) {
            list.get(i).marshal(out);
        }
    }

    /** Whether PCR {@code pcr} is among the selected. */
    public boolean isSelected(int pcr) {
        return (pcrs >>> pcr & 1) != 0;
    }

    /** The same bank with these PCRs. */
    public PcrSelection with(int selected) {
        return new PcrSelection(hash, selected);
    }

    public void marshal(WireWriter out) {
        hash.marshal(out);
        out.uint8(SELECT_SIZE).uint8(pcrs).uint8(pcrs >> 8).uint8(pcrs >> 16);
    }
}
