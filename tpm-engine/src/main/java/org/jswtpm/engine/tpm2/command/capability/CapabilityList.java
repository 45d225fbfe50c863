package org.jswtpm.engine.tpm2.command.capability;

import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;

/** TPMS_CAPABILITY_DATA (Part 2, 10.10.2) in the making: a list with room for what was asked for. */
final class CapabilityList {
    private final WireWriter out = new WireWriter();
    private final int countPosition;
    private final long room;
    private int count;
    private boolean more;

    /** @param requested how many elements were asked for, unsigned */
    CapabilityList(Capability capability, int requested) {
        room = Math.min(Integer.toUnsignedLong(requested), capability.maxCount());
        out.uint32(capability.value());
        countPosition = out.size();
        out.uint32(0);
    }

    /**
     * Whether there is room for an element, which is then written to {@link #out()}. If there is none, the answer says that
     * there is more.
     */
    boolean next() {
        if (count < room) {
            count++;
            return true;
        }
        more = true;
        return false;
    }

    /** Whether {@link #next()} would find room. */
    boolean hasRoom() {
        return count < room;
    }

    /** Makes of the one element asked for a whole list, which is written to {@link #out()}. */
    void replaceBy(int elements) {
        count = elements;
    }

    /** Writes an element that is one number of 32 bits. */
    boolean add(int element) {
        boolean added = next();
        if (added) {
            out.uint32(element);
        }
        return added;
    }

    WireWriter out() {
        return out;
    }

    /** moreData: whether there are elements for which there was no room. */
    boolean hasMore() {
        return more;
    }

    Bytes toBytes() {
        out.patchUint32(countPosition, count);
        return out.toBytes();
    }
}
