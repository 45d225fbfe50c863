package org.jswtpm.engine.tpm2.nv;

import static org.jswtpm.engine.tpm2.structure.NvAttributes.AUTHREAD;
import static org.jswtpm.engine.tpm2.structure.NvAttributes.AUTHWRITE;
import static org.jswtpm.engine.tpm2.structure.NvAttributes.CLEAR_STCLEAR;
import static org.jswtpm.engine.tpm2.structure.NvAttributes.GLOBALLOCK;
import static org.jswtpm.engine.tpm2.structure.NvAttributes.ORDERLY;
import static org.jswtpm.engine.tpm2.structure.NvAttributes.OWNERREAD;
import static org.jswtpm.engine.tpm2.structure.NvAttributes.PLATFORMCREATE;
import static org.jswtpm.engine.tpm2.structure.NvAttributes.READLOCKED;
import static org.jswtpm.engine.tpm2.structure.NvAttributes.WRITEDEFINE;
import static org.jswtpm.engine.tpm2.structure.NvAttributes.WRITELOCKED;
import static org.jswtpm.engine.tpm2.structure.NvAttributes.WRITTEN;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.HashAlg;
import org.jswtpm.engine.tpm2.structure.NvAttributes;
import org.jswtpm.engine.tpm2.structure.NvPublic;
import org.jswtpm.engine.tpm2.structure.StartupType;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.TpmException;
import org.junit.jupiter.api.Test;

class NvMemoryTest {
    private static final int FIRST = 0x0100_0000;
    private static final int BY_AUTH = AUTHREAD | AUTHWRITE;
    private static final int COUNTER = 0x10;

    private final NvChanges changes = new NvChanges();
    private final NvMemory nv = new NvMemory(changes);

    private NvIndex define(int handle, int attributes, int size) {
        Handle index = new Handle(handle);
        nv.define(new NvPublic(index, HashAlg.SHA256, new NvAttributes(attributes), Bytes.EMPTY, size), Secret.empty());
        return nv.index(index);
    }

    private static void assertCode(TpmRc expected, Runnable action) {
        assertEquals(
                expected.value(), assertThrows(TpmException.class, action::run).responseCode());
    }

    @Test
    void readsUnwrittenPartsAsErased() {
        NvIndex index = define(FIRST, BY_AUTH, 4);
        nv.write(index, 1, new byte[] {7});
        assertEquals(Bytes.hex("ff07ffff"), index.read(0, 4));
        assertTrue(index.attributes().isWritten());
    }

    @Test
    void readsUnwrittenPartsOfAnOrderlyIndexAsZero() {
        NvIndex index = define(FIRST, BY_AUTH | ORDERLY, 4);
        nv.write(index, 1, new byte[] {7});
        assertEquals(Bytes.hex("00070000"), index.read(0, 4));
        assertFalse(index.attributesInNv().isWritten(), "NV has the attributes of the definition");
    }

    @Test
    void notesAWriteOfOtherOctetsOnly() {
        NvIndex index = define(FIRST, BY_AUTH, 2);
        nv.write(index, 0, new byte[] {1, 2});
        changes.reset();
        nv.write(index, 1, new byte[] {2});
        assertFalse(changes.isCommitNeeded());
        nv.write(index, 1, new byte[] {3});
        assertTrue(changes.isCommitNeeded());
    }

    @Test
    void keepsWritesToAnOrderlyIndexInRam() {
        NvIndex index = define(FIRST, BY_AUTH | ORDERLY, 2);
        changes.reset();
        nv.write(index, 0, new byte[] {1, 2});
        assertFalse(changes.isCommitNeeded());
        assertTrue(changes.isOrderlyToBeCleared());
    }

    @Test
    void refusesToDefineTwice() {
        define(FIRST, BY_AUTH, 1);
        assertCode(TpmRc.NV_DEFINED, () -> define(FIRST, BY_AUTH, 1));
    }

    @Test
    void changesTheNameWithTheAttributes() {
        NvIndex index = define(FIRST, BY_AUTH, 1);
        Bytes before = index.name();
        // SHA-256 over 01000000 000b 00040004 0000 0001
        assertEquals(Bytes.hex("000b"), before.slice(0, 2));
        nv.write(index, 0, new byte[1]);
        assertFalse(before.equals(index.name()));
    }

    @Test
    void startsACounterBehindTheDeletedOnes() {
        NvIndex first = define(FIRST, BY_AUTH | COUNTER, 8);
        nv.increment(first);
        nv.increment(first);
        assertEquals(2, first.readUint64());
        nv.delete(first);
        NvIndex second = define(FIRST, BY_AUTH | COUNTER, 8);
        nv.increment(second);
        assertEquals(3, second.readUint64());
    }

    @Test
    void flushesAnOrderlyCounterWhenItsLowBitsRollOver() {
        NvIndex counter = define(FIRST, BY_AUTH | COUNTER | ORDERLY, 8);
        nv.increment(counter);
        nv.writeUint64(counter, 254);
        changes.reset();
        nv.increment(counter);
        assertFalse(changes.isOrderlyChanged());
        nv.increment(counter);
        assertTrue(changes.isOrderlyChanged());
    }

    @Test
    void skipsAheadWithAnOrderlyCounterWhenTheShutdownWasMissed() {
        NvIndex counter = define(FIRST, BY_AUTH | COUNTER | ORDERLY, 8);
        nv.writeUint64(counter, 0x1203);
        nv.startup(StartupType.RESET, false);
        assertEquals(0x1203, counter.readUint64());
        nv.startup(StartupType.RESET, true);
        assertEquals(0x12FF, counter.readUint64());
    }

    @Test
    void clearsAttributesAtStartup() {
        NvIndex locked = define(FIRST, BY_AUTH | WRITEDEFINE, 1);
        nv.write(locked, 0, new byte[1]);
        nv.setAttributes(locked, locked.attributes().with(WRITELOCKED | READLOCKED));
        NvIndex cleared = define(FIRST + 1, BY_AUTH | CLEAR_STCLEAR, 1);
        nv.write(cleared, 0, new byte[1]);
        NvIndex orderly = define(FIRST + 2, BY_AUTH | ORDERLY, 1);
        nv.write(orderly, 0, new byte[1]);

        nv.startup(StartupType.RESUME, false);
        assertTrue(locked.attributes().has(READLOCKED));
        nv.startup(StartupType.RESTART, false);
        assertFalse(locked.attributes().has(READLOCKED));
        assertTrue(locked.attributes().has(WRITELOCKED));
        assertFalse(cleared.attributes().has(WRITTEN));
        assertTrue(orderly.attributes().has(WRITTEN));
        nv.startup(StartupType.RESET, false);
        assertFalse(orderly.attributes().has(WRITTEN));
    }

    @Test
    void locksGlobally() {
        NvIndex wanting = define(FIRST, BY_AUTH | GLOBALLOCK, 1);
        NvIndex other = define(FIRST + 1, BY_AUTH, 1);
        nv.lockGlobally();
        assertTrue(wanting.attributes().has(WRITELOCKED));
        assertFalse(other.attributes().has(WRITELOCKED));
    }

    @Test
    void deletesWithTheOwnerWhatThePlatformDidNotCreate() {
        define(FIRST, BY_AUTH, 1);
        define(FIRST + 1, BY_AUTH | PLATFORMCREATE, 1);
        nv.flushHierarchy(Handle.ENDORSEMENT);
        assertEquals(2, nv.indexCount());
        nv.flushHierarchy(Handle.OWNER);
        assertNull(nv.find(new Handle(FIRST)));
        assertArrayEquals(new int[] {FIRST + 1}, nv.handles(Handle.TYPE_NV_INDEX));
    }

    @Test
    void refusesAccessInTheOrderOfTheReference() {
        NvIndex index = define(FIRST, OWNERREAD, 1);
        assertCode(TpmRc.NV_AUTHORIZATION, () -> index.checkReadAccess(Handle.PLATFORM));
        assertCode(TpmRc.NV_AUTHORIZATION, () -> index.checkReadAccess(new Handle(FIRST + 1)));
        assertCode(TpmRc.NV_UNINITIALIZED, () -> index.checkReadAccess(Handle.OWNER));
        nv.setAttributes(index, index.attributes().with(READLOCKED | WRITELOCKED));
        assertCode(TpmRc.NV_LOCKED, () -> index.checkReadAccess(Handle.PLATFORM));
        assertCode(TpmRc.NV_LOCKED, () -> index.checkWriteAccess(Handle.PLATFORM));
    }

    /** (171200 - 16 - 7 objects of 3320 - 8 counters of 160) / (152 + 2048), by the sizes of libtpms 0.11. */
    @Test
    void fillsUpAsTheReferenceDoes() {
        int defined = 0;
        while (defined < 1000) {
            try {
                define(FIRST + defined, BY_AUTH, 2048);
            } catch (TpmException e) {
                assertEquals(TpmRc.NV_SPACE.value(), e.responseCode());
                break;
            }
            defined++;
        }
        assertEquals(66, defined);
    }

    @Test
    void refusesWhatDoesNotFitTheOrderlyRam() {
        define(FIRST, BY_AUTH | ORDERLY, 500);
        assertCode(TpmRc.NV_SPACE, () -> define(FIRST + 1, BY_AUTH | ORDERLY, 1));
    }
}
