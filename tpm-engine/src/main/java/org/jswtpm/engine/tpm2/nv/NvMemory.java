package org.jswtpm.engine.tpm2.nv;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jswtpm.engine.tpm2.object.TpmObject;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.NvAttributes;
import org.jswtpm.engine.tpm2.structure.NvPublic;
import org.jswtpm.engine.tpm2.structure.NvType;
import org.jswtpm.engine.tpm2.structure.StartupType;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.wire.Secret;

/**
 * What the TPM keeps in NV for its users: NV Indices and persistent objects (Part 1, 37), in the order in which they were
 * made.
 *
 * <p>What a change means for the state is noted in {@link NvChanges}: a write of equal octets is none, and a write to an
 * orderly Index stays in RAM.
 */
public final class NvMemory {
    /** How many persistent objects there is always room for (MIN_EVICT_OBJECTS). */
    public static final int MIN_PERSISTENT_OBJECTS = NvSpace.MIN_EVICT_OBJECTS;

    /** What erased NV reads as; seen where an Index is written in parts. */
    private static final int ERASED = 0xFF;
    /** An orderly counter goes to NV when these bits roll over, and restarts behind them after a disorderly shutdown. */
    private static final long ORDERLY_COUNT_MASK = 0xFF;

    private static final byte[] LAST_BEFORE_ROLL_OVER = {(byte) ORDERLY_COUNT_MASK};

    private final NvChanges changes;
    private final List<NvEntry> entries = new ArrayList<>();
    private final Map<Integer, NvEntry> byHandle = new HashMap<>();
    private final NvSpace space = new NvSpace();
    private ObjectSize objectSize;
    private long maxCounter;

    public NvMemory(NvChanges changes) {
        this.changes = changes;
    }

    /** Forgets and wipes all. */
    public void clear() {
        for (NvEntry entry : entries) {
            entry.wipe();
        }
        entries.clear();
        byHandle.clear();
        space.clear();
        maxCounter = 0;
    }

    /** The Index {@code handle}, or null if it is not defined. */
    public NvIndex find(Handle handle) {
        return byHandle.get(handle.value()) instanceof NvIndex index ? index : null;
    }

    /** The Index {@code handle}, of which the pipeline has seen that it is defined. */
    public NvIndex index(Handle handle) {
        NvIndex index = find(handle);
        if (index == null) {
            throw new IllegalArgumentException("NV Index " + handle + " is not defined");
        }
        return index;
    }

    /** The persistent object {@code handle}, or null if there is none. */
    public TpmObject findObject(Handle handle) {
        return byHandle.get(handle.value()) instanceof PersistentObject entry ? entry.object() : null;
    }

    /** All Indices and persistent objects, in the order in which they were made. */
    public List<NvEntry> entries() {
        return Collections.unmodifiableList(entries);
    }

    /**
     * Defines an Index whose public area has been validated.
     *
     * @param auth taken over
     * @throws org.jswtpm.engine.wire.TpmException NV_DEFINED, NV_SPACE
     */
    public void define(NvPublic area, Secret auth) {
        TpmRc.check(find(area.nvIndex()) == null, TpmRc.NV_DEFINED);
        NvAttributes attributes = area.attributes();
        TpmRc.check(space.fitsIndex(area.dataSize(), attributes.isOrderly(), attributes.isCounter()), TpmRc.NV_SPACE);
        byte[] data = new byte[area.dataSize()];
        if (attributes.isOrderly()) {
            changes.orderlyChanged();
        } else {
            Arrays.fill(data, (byte) ERASED);
        }
        add(area, attributes, auth, data);
        changes.nvChanged();
    }

    /**
     * Adds an Index from a saved state.
     *
     * @param area the public area, with the attributes of this moment
     * @param attributesInNv for an orderly Index, its attributes as NV has them
     * @param auth taken over
     * @param data taken over
     */
    public void restore(NvPublic area, NvAttributes attributesInNv, Secret auth, byte[] data) {
        add(area, attributesInNv, auth, data);
    }

    /** Sets what the RAM of a running TPM has of an orderly Index; the data are as long as the Index. */
    public void restoreOrderly(NvIndex index, NvAttributes attributes, byte[] data) {
        index.setAttributes(attributes);
        index.write(0, data);
    }

    private void add(NvPublic area, NvAttributes attributesInNv, Secret auth, byte[] data) {
        add(new NvIndex(area, attributesInNv, auth, data));
        space.addIndex(
                area.dataSize(), attributesInNv.isOrderly(), area.attributes().isCounter());
    }

    private void add(NvEntry entry) {
        entries.add(entry);
        byHandle.put(entry.handle().value(), entry);
    }

    private void remove(NvEntry entry) {
        entries.remove(entry);
        byHandle.remove(entry.handle().value());
        entry.wipe();
        changes.nvChanged();
    }

    /**
     * Makes an object persistent (TPM2_EvictControl); its handle is free.
     *
     * @param object a persistent copy, taken over
     * @throws org.jswtpm.engine.wire.TpmException NV_SPACE
     */
    public void addObject(TpmObject object) {
        int size = objectSize == null ? NvSpace.OBJECT : objectSize.of(object);
        TpmRc.check(space.fitsObject(size), TpmRc.NV_SPACE);
        add(new PersistentObject(object, size));
        changes.nvChanged();
    }

    /**
     * Adds a persistent object from a saved state.
     *
     * @param encoding its octets in the state; taken over
     */
    public void restoreObject(TpmObject object, Secret encoding) {
        PersistentObject entry = new PersistentObject(object, objectSize == null ? NvSpace.OBJECT : encoding.size());
        entry.setEncoding(encoding);
        add(entry);
    }

    private void add(PersistentObject entry) {
        add((NvEntry) entry);
        space.addObject(entry.size());
    }

    /** Sets how large objects are in NV, where that is not the same for all: from StateFormatLevel 2 on. */
    public void setObjectSize(ObjectSize objectSize) {
        this.objectSize = objectSize;
    }

    /** Deletes and wipes the persistent object {@code handle}, if there is one. */
    public void deleteObject(Handle handle) {
        if (byHandle.get(handle.value()) instanceof PersistentObject entry) {
            space.removeObject(entry.size());
            remove(entry);
        }
    }

    /** Deletes {@code index}; of a counter the TPM remembers how far it was. */
    public void delete(NvIndex index) {
        NvAttributes attributes = index.attributes();
        if (attributes.isCounter() && attributes.isWritten()) {
            long count = index.readUint64();
            if (Long.compareUnsigned(count, maxCounter) > 0) {
                maxCounter = count;
            }
        }
        space.removeIndex(index.dataSize(), attributes.isOrderly(), attributes.isCounter());
        remove(index);
        if (attributes.isOrderly()) {
            changes.orderlyChanged();
        }
    }

    /** Writes {@code octets} at {@code offset}, within the data; the first write also sets TPMA_NV_WRITTEN. */
    public void write(NvIndex index, int offset, byte[] octets) {
        NvAttributes attributes = index.attributes();
        boolean orderly = attributes.isOrderly();
        if (!attributes.isWritten()) {
            index.setAttributes(attributes.with(NvAttributes.WRITTEN));
            if (!orderly) {
                changes.nvChanged();
            } else if (attributes.isCounter()) {
                changes.orderlyChanged();
            }
            if (attributes.type() == NvType.ORDINARY && (orderly || octets.length < index.dataSize())) {
                index.fill(orderly ? 0 : ERASED);
            }
        }
        if (orderly) {
            index.write(offset, octets);
            changes.clearOrderly();
        } else if (!index.isSame(offset, octets)) {
            index.write(offset, octets);
            changes.nvChanged();
        }
    }

    /** Writes the first 64 bits of the data. */
    public void writeUint64(NvIndex index, long value) {
        byte[] octets = new byte[Long.BYTES];
        for (int i = 0; i < octets.length; i++) {
            octets[i] = (byte) (value >>> (Long.SIZE - Byte.SIZE * (i + 1)));
        }
        write(index, 0, octets);
    }

    /** TPM2_NV_Increment: a counter that was never written starts behind all that were ever deleted. */
    public void increment(NvIndex index) {
        long count = (index.attributes().isWritten() ? index.readUint64() : maxCounter) + 1;
        writeUint64(index, count);
        if (index.attributes().isOrderly() && (count & ORDERLY_COUNT_MASK) == 0) {
            changes.orderlyChanged();
        }
    }

    /** Sets attributes such as the locks. */
    public void setAttributes(NvIndex index, NvAttributes attributes) {
        if (attributes.bits() != index.attributes().bits()) {
            index.setAttributes(attributes);
            if (!attributes.isOrderly()) {
                changes.nvChanged();
            }
        }
    }

    /** TPM2_NV_ChangeAuth; takes {@code auth} over. */
    public void setAuth(NvIndex index, Secret auth) {
        if (!index.auth().matches(auth)) {
            changes.nvChanged();
        }
        index.setAuth(auth);
    }

    /** TPM2_NV_GlobalWriteLock: locks all Indices that want it. */
    public void lockGlobally() {
        for (NvEntry entry : entries) {
            if (entry instanceof NvIndex index && index.attributes().has(NvAttributes.GLOBALLOCK)) {
                setAttributes(index, index.attributes().with(NvAttributes.WRITELOCKED));
            }
        }
    }

    /**
     * TPM2_Startup (Part 1, 37.2.5).
     *
     * @param shutdownMissed whether there was no TPM2_Shutdown at all, so that orderly counters may have gone on
     */
    public void startup(StartupType type, boolean shutdownMissed) {
        if (type == StartupType.RESUME) {
            return;
        }
        for (NvEntry entry : entries) {
            if (entry instanceof NvIndex index) {
                startup(index, type, shutdownMissed);
            }
        }
    }

    private void startup(NvIndex index, StartupType type, boolean shutdownMissed) {
        NvAttributes attributes = startupAttributes(index.attributes(), type);
        setAttributes(index, attributes);
        if (attributes.isOrderly() && attributes.isCounter() && shutdownMissed) {
            index.write(Long.BYTES - 1, LAST_BEFORE_ROLL_OVER);
        }
    }

    private static NvAttributes startupAttributes(NvAttributes attributes, StartupType type) {
        NvAttributes started = attributes.without(NvAttributes.READLOCKED);
        boolean forgets = started.has(NvAttributes.CLEAR_STCLEAR) || started.isOrderly() && type == StartupType.RESET;
        if (forgets && !started.isCounter()) {
            started = started.without(NvAttributes.WRITTEN);
        }
        if (!started.isWritten() || !started.has(NvAttributes.WRITEDEFINE)) {
            started = started.without(NvAttributes.WRITELOCKED);
        }
        return started;
    }

    /**
     * Deletes what belongs to a hierarchy (TPM2_Clear, TPM2_ChangePPS, TPM2_ChangeEPS): with the owner's go all Indices
     * that the platform did not create.
     */
    public void flushHierarchy(Handle hierarchy) {
        for (NvEntry entry : List.copyOf(entries)) {
            if (entry instanceof NvIndex index) {
                if (hierarchy.equals(Handle.OWNER) && !index.attributes().isPlatformCreated()) {
                    delete(index);
                }
            } else if (((PersistentObject) entry).object().hierarchy().equals(hierarchy)) {
                deleteObject(entry.handle());
            }
        }
    }

    /** The greatest count of any counter that was deleted. */
    public long maxCounter() {
        return maxCounter;
    }

    public void setMaxCounter(long maxCounter) {
        this.maxCounter = maxCounter;
    }

    /** The handles of all entries of {@code type}, a TPM_HT, ascending. */
    public int[] handles(int type) {
        int[] handles = new int[entries.size()];
        int count = 0;
        for (NvEntry entry : entries) {
            if (entry.handle().type() == type) {
                handles[count++] = entry.handle().value();
            }
        }
        Arrays.sort(handles, 0, count);
        return Arrays.copyOf(handles, count);
    }

    /** TPM_PT_HR_PERSISTENT: how many persistent objects there are. */
    public int objectCount() {
        return space.objects();
    }

    /** TPM_PT_HR_NV_INDEX: how many Indices are defined. */
    public int indexCount() {
        return entries.size() - space.objects();
    }

    /** TPM_PT_NV_COUNTERS: how many counters are defined. */
    public int counterCount() {
        return space.counters();
    }

    /** TPM_PT_NV_COUNTERS_AVAIL: how many more could be. */
    public int countersAvailable() {
        return space.countersAvailable();
    }

    /** TPM_PT_HR_PERSISTENT_AVAIL: how many more persistent objects there could be at least. */
    public int objectsAvailable() {
        return space.objectsAvailable();
    }
}
