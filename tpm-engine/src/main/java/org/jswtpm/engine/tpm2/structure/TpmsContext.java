package org.jswtpm.engine.tpm2.structure;

import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPMS_CONTEXT, a saved object or session (Part 2, 14.5).
 *
 * @param sequence 64 bits that make the context unique
 * @param savedHandle the handle of the session, or for an object its kind
 * @param hierarchy whose proof seals it; TPM_RH_NULL too
 * @param contextBlob integrity value and encrypted contents
 */
public record TpmsContext(long sequence, Handle savedHandle, Handle hierarchy, Bytes contextBlob) {
    /** A saved object that is neither a sequence nor flushed by the next start-up (Part 2, 9.12). */
    public static final Handle OBJECT = new Handle(0x8000_0000);

    public static final Handle SEQUENCE_OBJECT = new Handle(0x8000_0001);
    /** An object with stClear, or the child of one. */
    public static final Handle ST_CLEAR_OBJECT = new Handle(0x8000_0002);

    /** Else TPM_RC_VALUE for a handle, or _SIZE. */
    public static TpmsContext unmarshal(WireReader in) {
        int all = in.remaining();
        long sequence = in.uint64();
        Handle savedHandle = TpmiHandle.saved(in);
        Handle hierarchy = TpmiHandle.hierarchy(in, true);
        Bytes blob = in.sized2(TpmLimits.MAX_CONTEXT_DATA_SIZE);
        if (all == TpmLimits.MAX_OBJECT_CONTEXT) {
            // As in libtpms: Windows Server 2019 pads every context to the greatest size.
            in.skip(in.remaining());
        }
        return new TpmsContext(sequence, savedHandle, hierarchy, blob);
    }

    public void marshal(WireWriter out) {
        out.uint64(sequence);
        savedHandle.marshal(out);
        hierarchy.marshal(out);
        out.sized2(contextBlob);
    }
}
