package org.jswtpm.engine.tpm2.state;

import static org.jswtpm.engine.tpm2.state.StateBlock.USER_NVRAM;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jswtpm.engine.tpm2.nv.NvEntry;
import org.jswtpm.engine.tpm2.nv.NvIndex;
import org.jswtpm.engine.tpm2.nv.NvMemory;
import org.jswtpm.engine.tpm2.nv.PersistentObject;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.NvPublic;
import org.jswtpm.engine.wire.WireWriter;

/**
 * USER_NVRAM: NV Indices and persistent objects.
 *
 * @param entries {@link SavedIndex} or {@link ObjectCodec.Saved}, in the order of NV
 * @param ram of each orderly Index, what {@link OrderlyRam} has of it
 * @param maxCounter the greatest count of a deleted counter
 */
record UserNvram(List<Object> entries, Map<Integer, OrderlyRam.Entry> ram, long maxCounter) {
    /** NV_USER_DYNAMIC_END - NV_USER_DYNAMIC of libtpms. */
    private static final int CAPACITY = 171_200;
    /** The size 0 that ends the list, and maxCounter. */
    private static final int END_SIZE = 12;

    static UserNvram read(StateReader in, Map<Integer, OrderlyRam.Entry> ram) {
        int version = in.header(USER_NVRAM);
        in.at("USER_NVRAM.size").uint64();
        List<Object> entries = new ArrayList<>();
        Set<Integer> handles = new HashSet<>();
        int orderly = 0;
        int used = END_SIZE;
        int size = in.at("USER_NVRAM.entrySize").uint32();
        while (size != 0) {
            Handle handle = Handle.unmarshal(in.at("USER_NVRAM.handle").wire());
            if (!handles.add(handle.value())) {
                throw in.fault("is there twice: " + handle);
            }
            switch (handle.type()) {
                case Handle.TYPE_NV_INDEX -> {
                    SavedIndex index = SavedIndex.read(in, handle.value());
                    entries.add(index);
                    used += SavedIndex.sizeInNv(index.data().length);
                    orderly += checkRam(in, index.publicArea(), ram) ? 1 : 0;
                }
                case Handle.TYPE_PERSISTENT -> {
                    entries.add(ObjectCodec.read(in, handle));
                    used += (int) Math.min(Integer.toUnsignedLong(size), CAPACITY);
                }
                default -> throw in.fault("is " + handle + ", neither an Index nor a persistent object");
            }
            if (used > CAPACITY) {
                throw in.fault("does not fit: NV has " + CAPACITY + " octets");
            }
            size = in.at("USER_NVRAM.entrySize").uint32();
        }
        if (orderly != ram.size()) {
            throw in.fault("ends, but INDEX_ORDERLY_RAM has data of an Index that does not exist");
        }
        long maxCounter = in.at("USER_NVRAM.maxCount").uint64();
        in.at("USER_NVRAM").end(version);
        return new UserNvram(entries, ram, maxCounter);
    }

    /** Whether {@code area} is that of an orderly Index; the RAM has to have its data then. */
    private static boolean checkRam(StateReader in, NvPublic area, Map<Integer, OrderlyRam.Entry> ram) {
        if (!area.attributes().isOrderly()) {
            return false;
        }
        OrderlyRam.Entry entry = ram.get(area.nvIndex().value());
        if (entry == null || !entry.isOf(area.attributes(), area.dataSize())) {
            throw in.fault(
                    "belongs to orderly Index " + area.nvIndex() + ", whose data INDEX_ORDERLY_RAM does not have");
        }
        return true;
    }

    /** Fills {@code nv}, which is empty and takes all over; the state will be written at {@code stateFormatLevel}. */
    void restore(NvMemory nv, int stateFormatLevel) {
        for (Object entry : entries) {
            if (entry instanceof SavedIndex index) {
                restore(nv, index);
            } else {
                ObjectCodec.Saved saved = (ObjectCodec.Saved) entry;
                nv.restoreObject(saved.object(), saved.encode(stateFormatLevel));
            }
        }
        nv.setMaxCounter(maxCounter);
    }

    private void restore(NvMemory nv, SavedIndex index) {
        NvPublic area = index.publicArea();
        if (area.attributes().isOrderly()) {
            OrderlyRam.Entry inRam = ram.get(area.nvIndex().value());
            nv.restore(area.with(inRam.attributes()), area.attributes(), index.auth(), inRam.data());
        } else {
            nv.restore(area, area.attributes(), index.auth(), index.data());
        }
    }

    static void write(NvMemory nv, int stateFormatLevel, WireWriter out) {
        StateWriter.header(out, USER_NVRAM);
        out.uint64(CAPACITY);
        for (NvEntry entry : nv.entries()) {
            if (entry instanceof NvIndex index) {
                writeIndex(index, out);
            } else {
                writeObject((PersistentObject) entry, stateFormatLevel, out);
            }
        }
        out.uint32(0).uint64(nv.maxCounter());
        StateWriter.end(out);
    }

    private static void writeIndex(NvIndex index, WireWriter out) {
        boolean orderly = index.attributes().isOrderly();
        NvPublic area = orderly ? index.publicArea().with(index.attributesInNv()) : index.publicArea();
        SavedIndex.write(area, index.auth(), orderly ? 0 : index.dataSize(), out);
        if (!orderly) {
            index.writeData(out);
        }
    }

    private static void writeObject(PersistentObject entry, int stateFormatLevel, WireWriter out) {
        if (entry.encoding().isEmpty()) {
            entry.setEncoding(ObjectCodec.encode(entry.object(), stateFormatLevel));
        }
        out.uint32(entry.entrySize());
        entry.handle().marshal(out);
        out.secret(entry.encoding());
    }
}
