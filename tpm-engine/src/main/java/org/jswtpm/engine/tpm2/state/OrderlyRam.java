package org.jswtpm.engine.tpm2.state;

import static org.jswtpm.engine.tpm2.state.StateBlock.INDEX_ORDERLY_RAM;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jswtpm.engine.tpm2.nv.NvEntry;
import org.jswtpm.engine.tpm2.nv.NvIndex;
import org.jswtpm.engine.tpm2.nv.NvMemory;
import org.jswtpm.engine.tpm2.structure.NvAttributes;
import org.jswtpm.engine.wire.WireWriter;

/** INDEX_ORDERLY_RAM: attributes and data of the orderly Indices. */
final class OrderlyRam {
    /** RAM_INDEX_SPACE. */
    static final int SIZE = 512;
    /** Size, handle and attributes of an entry. */
    private static final int HEADER_SIZE = 12;

    private OrderlyRam() {}

    /**
     * What the RAM has of an Index.
     *
     * @param attributes the attributes of the moment
     * @param data the data; lent
     */
    record Entry(NvAttributes attributes, byte[] data) {
        /** Attributes that change while an Index exists. */
        private static final int CHANGING = NvAttributes.WRITTEN | NvAttributes.READLOCKED | NvAttributes.WRITELOCKED;

        /** Whether this can be of an Index with these attributes, whatever has happened to it, and with data of this size. */
        boolean isOf(NvAttributes defined, int dataSize) {
            return data.length == dataSize && ((attributes.bits() ^ defined.bits()) & ~CHANGING) == 0;
        }
    }

    /** Reads the entries by their handles. */
    static Map<Integer, Entry> read(StateReader in) {
        int version = in.header(INDEX_ORDERLY_RAM);
        long size = Integer.toUnsignedLong(in.at("INDEX_ORDERLY_RAM.size").uint32());
        Map<Integer, Entry> entries = new LinkedHashMap<>();
        int used = 0;
        while (used + HEADER_SIZE <= size
                && in.at("INDEX_ORDERLY_RAM.entrySize").uint32() != 0) {
            int handle = in.at("INDEX_ORDERLY_RAM.handle").uint32();
            NvAttributes attributes =
                    NvAttributes.unmarshal(in.at("INDEX_ORDERLY_RAM.attributes").wire());
            int dataSize = in.at("INDEX_ORDERLY_RAM.dataSize").uint16();
            used += HEADER_SIZE + dataSize;
            if (used > SIZE) {
                throw in.fault("is " + dataSize + ": the entries take more than " + SIZE + " octets");
            }
            byte[] data = in.at("INDEX_ORDERLY_RAM.data").octets(dataSize);
            if (entries.put(handle, new Entry(attributes, data)) != null) {
                throw in.fault("is there twice for Index 0x" + Integer.toHexString(handle));
            }
        }
        in.at("INDEX_ORDERLY_RAM").end(version);
        return entries;
    }

    static void write(NvMemory nv, WireWriter out) {
        StateWriter.header(out, INDEX_ORDERLY_RAM);
        out.uint32(SIZE);
        int used = 0;
        for (NvEntry entry : nv.entries()) {
            if (entry instanceof NvIndex index && index.attributes().isOrderly()) {
                out.uint32(HEADER_SIZE + index.dataSize());
                index.handle().marshal(out);
                index.attributes().marshal(out);
                out.uint16(index.dataSize());
                index.writeData(out);
                used += HEADER_SIZE + index.dataSize();
            }
        }
        if (used + HEADER_SIZE <= SIZE) {
            out.uint32(0);
        }
        StateWriter.end(out);
    }
}
