package org.jswtpm.engine.tpm2.state;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jswtpm.engine.tpm2.nv.NvEntry;
import org.jswtpm.engine.tpm2.nv.NvIndex;
import org.jswtpm.engine.tpm2.nv.NvMemory;
import org.jswtpm.engine.tpm2.structure.NvAttributes;
import org.jswtpm.engine.wire.WireWriter;

/**
 * The RAM of the orderly Indices in a volatile state: as it lies in the memory of libtpms on a little endian machine, entry
 * after entry, each with its size (this header included), handle and attributes before the data. A size of 0 ends it.
 */
final class RawOrderlyRam {
    private static final int HEADER_SIZE = 12;

    private RawOrderlyRam() {}

    static Map<Integer, OrderlyRam.Entry> read(StateReader in) {
        in.at("VOLATILE_STATE.indexOrderlyRam, its size").count(OrderlyRam.SIZE);
        ByteBuffer ram = ByteBuffer.wrap(in.at("VOLATILE_STATE.indexOrderlyRam").octets(OrderlyRam.SIZE))
                .order(ByteOrder.LITTLE_ENDIAN);
        Map<Integer, OrderlyRam.Entry> entries = new LinkedHashMap<>();
        while (ram.remaining() >= HEADER_SIZE) {
            int size = ram.getInt();
            if (size == 0) {
                break;
            }
            if (size < HEADER_SIZE || size - Integer.BYTES > ram.remaining()) {
                throw in.fault("has an entry of " + Integer.toUnsignedString(size) + " octets");
            }
            int handle = ram.getInt();
            NvAttributes attributes = new NvAttributes(ram.getInt());
            byte[] data = new byte[size - HEADER_SIZE];
            ram.get(data);
            if (entries.put(handle, new OrderlyRam.Entry(attributes, data)) != null) {
                throw in.fault("has two entries for Index 0x" + Integer.toHexString(handle));
            }
        }
        return entries;
    }

    static void write(NvMemory nv, WireWriter out) {
        out.uint16(OrderlyRam.SIZE);
        int end = out.size() + OrderlyRam.SIZE;
        for (NvEntry entry : nv.entries()) {
            if (entry instanceof NvIndex index && index.attributes().isOrderly()) {
                out.uint32(Integer.reverseBytes(HEADER_SIZE + index.dataSize()));
                out.uint32(Integer.reverseBytes(index.handle().value()));
                out.uint32(Integer.reverseBytes(index.attributes().bits()));
                index.writeData(out);
            }
        }
        out.octets(new byte[end - out.size()]);
    }
}
