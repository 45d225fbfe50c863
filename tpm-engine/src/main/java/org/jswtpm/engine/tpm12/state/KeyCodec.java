package org.jswtpm.engine.tpm12.state;

import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_KEY_PROPERTY;
import static org.jswtpm.engine.tpm12.structure.TpmResult.FAIL;
import static org.jswtpm.engine.tpm12.structure.TpmResult.INVALID_STRUCTURE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import org.jswtpm.engine.tpm12.key.KeySlot;
import org.jswtpm.engine.tpm12.key.KeySlots;
import org.jswtpm.engine.tpm12.key.LoadedKey;
import org.jswtpm.engine.tpm12.structure.StoreAsymkey;
import org.jswtpm.engine.tpm12.structure.TpmBool;
import org.jswtpm.engine.tpm12.structure.TpmKey;
import org.jswtpm.engine.tpm12.structure.TpmLimits;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/** Keys in a blob: the public part, and the private part in the clear. Contexts of keys have the same form. */
public final class KeyCodec {
    private static final int V1 = 1;

    private KeyCodec() {}

    /** A key; where there is none it has a size of 0 in place of the private part. */
    static LoadedKey readKey(WireReader in) {
        TpmKey publicPart = TpmKey.unmarshal(in);
        LoadedKey key = new LoadedKey(publicPart, in.uint32() == 0 ? null : StoreAsymkey.unmarshal(in));
        check(key.isPresent() == key.hasPrivatePart(), INVALID_STRUCTURE);
        return key;
    }

    static void writeKey(LoadedKey key, WireWriter out) {
        key.publicPart().marshal(out);
        int mark = out.beginSized4();
        if (key.hasPrivatePart()) {
            key.privatePart().marshal(out);
        }
        out.endSized4(mark);
    }

    /** The endorsement key, which has no PCRs and no authorization. With one that does not work the self-test would fail. */
    static LoadedKey readEndorsementKey(WireReader in) {
        TpmKey publicPart = TpmKey.unmarshalEndorsementKey(in);
        LoadedKey key = new LoadedKey(publicPart, in.uint32() == 0 ? null : StoreAsymkey.unmarshalEndorsementKey(in));
        check(key.isPresent() == key.hasPrivatePart(), INVALID_STRUCTURE);
        check(!key.isPresent() || key.isConsistent() && key.isComputable() && key.canDecrypt(), BAD_KEY_PROPERTY);
        return key;
    }

    static void writeEndorsementKey(LoadedKey key, WireWriter out) {
        key.publicPart().marshalEndorsementKey(out);
        int mark = out.beginSized4();
        if (key.hasPrivatePart()) {
            key.privatePart().marshalEndorsementKey(out);
        }
        out.endSized4(mark);
    }

    /** TPM_KEY_HANDLE_ENTRY. */
    public static KeySlot readSlot(WireReader in) {
        KeySlot slot = new KeySlot(in.uint32(), readKey(in), TpmBool.unmarshal(in), in.uint32());
        check(slot.key().isPresent(), INVALID_STRUCTURE);
        return slot;
    }

    private static KeySlot readSlot(WireReader in, boolean isOwnerEvict) {
        KeySlot slot = readSlot(in);
        check(slot.isOwnerEvict() == isOwnerEvict, INVALID_STRUCTURE);
        return slot;
    }

    /** TPM_KEY_HANDLE_ENTRY. */
    public static void writeSlot(KeySlot slot, WireWriter out) {
        out.uint32(slot.handle());
        writeKey(slot.key(), out);
        TpmBool.marshal(slot.parentPcrStatus(), out);
        out.uint32(slot.keyControl());
    }

    /** The keys that the owner keeps: a part of the permanent state. */
    static void readOwnerEvictKeys(WireReader in, KeySlots keys) {
        check(in.uint16() == V1, FAIL);
        int count = in.uint16();
        check(count <= TpmLimits.OWNER_EVICT_KEY_HANDLES, FAIL);
        for (int i = 0; i < count; i++) {
            keys.restore(readSlot(in, true));
        }
    }

    static void writeOwnerEvictKeys(KeySlots keys, WireWriter out) {
        out.uint16(V1).uint16(keys.ownerEvictCount());
        writeSlots(keys, true, out);
    }

    /** The keys that the owner does not keep: a part of the volatile and of the saved state. */
    static void readVolatileKeys(WireReader in, KeySlots keys) {
        Blob.checkVersion(in, V1);
        long count = in.unsigned32();
        check(count <= TpmLimits.KEY_HANDLES, FAIL);
        for (int i = 0; i < count; i++) {
            keys.restore(readSlot(in, false));
        }
    }

    static void writeVolatileKeys(KeySlots keys, WireWriter out) {
        int count = keys.size() - keys.freeCount() - keys.ownerEvictCount();
        out.uint16(V1).uint32(count);
        writeSlots(keys, false, out);
    }

    private static void writeSlots(KeySlots keys, boolean isOwnerEvict, WireWriter out) {
        for (int i = 0; i < keys.size(); i++) {
            KeySlot slot = keys.at(i);
            if (slot != null && slot.isOwnerEvict() == isOwnerEvict) {
                writeSlot(slot, out);
            }
        }
    }
}
