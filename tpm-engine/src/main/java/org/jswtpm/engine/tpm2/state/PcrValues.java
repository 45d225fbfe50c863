package org.jswtpm.engine.tpm2.state;

import static org.jswtpm.engine.tpm2.state.StateBlock.PCR;

import java.util.List;
import org.jswtpm.engine.tpm2.pcr.PcrBanks;
import org.jswtpm.engine.tpm2.structure.HashAlg;
import org.jswtpm.engine.tpm2.structure.PcrSelection;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;

/**
 * The PCRs of a volatile state: each with its value in all banks, allocated or not.
 *
 * @param banks the values of each bank, one after the other, in the order of {@link HashAlg}
 */
record PcrValues(Bytes[] banks) {
    private static final HashAlg[] HASHES = HashAlg.values();
    private static final int BANKS = HashAlg.NULL.ordinal();

    static PcrValues read(StateReader outer, List<PcrSelection> allocation) {
        StateReader in = outer.at("VOLATILE_STATE.pcrs").neededBlock();
        in.at("VOLATILE_STATE.pcrs, their number").count(PcrBanks.COUNT);
        byte[][] values = new byte[BANKS][];
        for (int i = 0; i < BANKS; i++) {
            values[i] = new byte[PcrBanks.COUNT * HASHES[i].digestSize()];
        }
        for (int pcr = 0; pcr < PcrBanks.COUNT; pcr++) {
            int found = read(in, pcr, values);
            checkBanks(in, found, allocation);
        }
        Bytes[] banks = new Bytes[BANKS];
        for (int i = 0; i < BANKS; i++) {
            banks[i] = Bytes.wrap(values[i]);
        }
        return new PcrValues(banks);
    }

    /** Reads one PCR; gives the banks in which it has a value, bit n for the n-th. */
    private static int read(StateReader in, int pcr, byte[][] values) {
        int version = in.header(PCR);
        int found = 0;
        HashAlg hash = in.at("PCR.hashAlg").hash();
        while (hash != HashAlg.NULL) {
            int size = hash.digestSize();
            in.at("PCR.value, its size").count(size);
            byte[] value = in.at("PCR.value").octets(size);
            System.arraycopy(value, 0, values[hash.ordinal()], pcr * size, size);
            found |= 1 << hash.ordinal();
            hash = in.at("PCR.hashAlg").hash();
        }
        in.at("PCR").end(version);
        return found;
    }

    private static void checkBanks(StateReader in, int found, List<PcrSelection> allocation) {
        for (int i = 0; i < allocation.size(); i++) {
            PcrSelection selection = allocation.get(i);
            if (selection.pcrs() != 0 && (found >>> selection.hash().ordinal() & 1) == 0) {
                throw in.fault("misses the bank of " + selection.hash());
            }
        }
    }

    void write(WireWriter out) {
        int block = StateWriter.beginBlock(out);
        out.uint16(PcrBanks.COUNT);
        for (int pcr = 0; pcr < PcrBanks.COUNT; pcr++) {
            StateWriter.header(out, PCR);
            for (int i = 0; i < BANKS; i++) {
                int size = HASHES[i].digestSize();
                HASHES[i].marshal(out);
                out.sized2(banks[i].slice(pcr * size, size));
            }
            HashAlg.NULL.marshal(out);
            StateWriter.end(out);
        }
        out.endSized2(block);
    }
}
