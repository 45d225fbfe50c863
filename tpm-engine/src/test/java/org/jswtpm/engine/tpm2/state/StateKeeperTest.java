package org.jswtpm.engine.tpm2.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import org.jswtpm.engine.Host;
import org.jswtpm.engine.StateException;
import org.jswtpm.engine.StateKind;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.nv.NvEntry;
import org.jswtpm.engine.tpm2.nv.NvIndex;
import org.jswtpm.engine.tpm2.nv.NvMemory;
import org.jswtpm.engine.tpm2.nv.PersistentObject;
import org.jswtpm.engine.tpm2.startup.BootState;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.HashAlg;
import org.jswtpm.engine.tpm2.structure.PublicType;
import org.jswtpm.engine.tpm2.structure.StartupType;
import org.jswtpm.engine.tpm2.structure.TpmIdentity;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateKeeperTest {
    private final TpmState tpm = new TpmState(new NoHost());
    private final StateKeeper keeper = new StateKeeper(tpm);

    /** The firmware version of libtpms 0.9.2 gives way to ours, as it does when libtpms 0.11 starts. */
    private static byte[] withOurFirmwareVersion(byte[] blob) {
        byte[] old = Bytes.hex("2019102300163636").toArray();
        for (int i = 0; i + old.length <= blob.length; i++) {
            if (Arrays.equals(blob, i, i + old.length, old, 0, old.length)) {
                ByteBuffer.wrap(blob)
                        .putInt(i, TpmIdentity.FIRMWARE_VERSION_1)
                        .putInt(i + 4, TpmIdentity.FIRMWARE_VERSION_2);
                return blob;
            }
        }
        throw new AssertionError("no firmware version");
    }

    @ParameterizedTest
    @ValueSource(strings = {"new", "in-use", "shutdown-state"})
    void writesTheOctetsThatItRead(String name) throws StateException {
        byte[] blob = SavedStates.read(name);
        keeper.restore(blob);
        assertArrayEquals(withOurFirmwareVersion(blob), keeper.permanentState());
    }

    /** From libtpms 0.11, whose firmware version is ours. */
    @ParameterizedTest
    @ValueSource(strings = {"default-v2", "custom-level3"})
    void writesTheOctetsOfAStateWithAProfile(String name) throws StateException {
        byte[] blob = SavedStates.read(name);
        keeper.restore(blob);
        assertArrayEquals(blob, keeper.permanentState());
    }

    @Test
    void countsAnObjectAsLongAsItsOctetsWhereTheProfileWantsIt() throws StateException {
        keeper.restore(SavedStates.read("default-v2"));
        int available = tpm.nv().objectsAvailable();
        keeper.restore(SavedStates.read("in-use"));
        assertTrue(available > tpm.nv().objectsAvailable(), "objects of the null profile take 2600 octets each");
    }

    @Test
    void findsTheIndicesInTheirRoom() throws StateException {
        keeper.restore(SavedStates.read("in-use"));
        NvMemory nv = tpm.nv();
        assertEquals(7, nv.indexCount());
        assertEquals(2, nv.counterCount());
        NvIndex ordinary = nv.find(new Handle(0x0180_0001));
        assertEquals(Bytes.hex("ffff616263ffffff"), ordinary.read(0, 8));
        NvIndex counter = nv.find(new Handle(0x0180_0002));
        assertEquals(2, counter.readUint64());
        assertTrue(counter.auth().matches("secret".getBytes(StandardCharsets.US_ASCII)));
        NvIndex orderly = nv.find(new Handle(0x0180_0005));
        assertEquals("orderly", new String(orderly.read(0, 7).toArray(), StandardCharsets.US_ASCII));
        assertTrue(orderly.attributes().isWritten());
        assertFalse(orderly.attributesInNv().isWritten());
        assertEquals(1, nv.find(new Handle(0x0180_0006)).readUint64(), "as it was when NV was written last");
        assertNull(nv.find(new Handle(0x0180_0007)));
    }

    @Test
    void findsThePersistentKeysInTheirRoom() throws StateException {
        keeper.restore(SavedStates.read("in-use"));
        assertArrayEquals(new int[] {0x8100_0001, 0x8100_0002}, tpm.nv().handles(Handle.TYPE_PERSISTENT));
        assertEquals(
                PublicType.ECC, tpm.nv().findObject(new Handle(0x8100_0001)).type());
        var rsa = tpm.nv().findObject(new Handle(0x8100_0002));
        assertEquals(Handle.OWNER, rsa.hierarchy());
        assertTrue(rsa.isParent());
        assertEquals(
                rsa.publicArea().rsa().unique(), Bytes.wrap(rsa.rsaPrivateKey().modulus()));
    }

    @ParameterizedTest
    @ValueSource(ints = {0x8100_0001, 0x8100_0002})
    void encodesAKeyFromItsAreasAsSwtpmDid(int handle) throws StateException {
        keeper.restore(SavedStates.read("in-use"));
        for (NvEntry entry : tpm.nv().entries()) {
            if (entry instanceof PersistentObject key && key.handle().value() == handle) {
                Secret encoded = ObjectCodec.encode(key.object(), 1);
                assertEquals(Bytes.wrap(key.encoding().expose()), Bytes.wrap(encoded.expose()));
                return;
            }
        }
        throw new AssertionError("no such key");
    }

    @Test
    void findsTheRestInTheRooms() throws Exception {
        keeper.restore(SavedStates.read("shutdown-state"));
        assertTrue(tpm.hierarchies().auth(Handle.ENDORSEMENT).matches("epw".getBytes(StandardCharsets.US_ASCII)));
        assertEquals(BootState.SU_STATE, tpm.boot().orderlyState());
        assertEquals(64, tpm.hierarchies().proof(Handle.NULL).size());
        assertEquals(3, tpm.lockout().maxTries());
        assertFalse(tpm.changes().isCommitNeeded());
        tpm.pcrs().startup(StartupType.RESUME, 0, false);
        byte[] extended = new byte[64];
        Arrays.fill(extended, 32, 64, (byte) 7);
        assertEquals(
                Bytes.wrap(MessageDigest.getInstance("SHA-256").digest(extended)),
                tpm.pcrs().value(7, HashAlg.SHA256));
    }

    @Test
    void keepsWhatShutdownSavedUntilItCountsNoMore() throws StateException {
        byte[] blob = SavedStates.read("shutdown-state");
        keeper.restore(blob);
        tpm.pcrs().setUpdateCounter(4711);
        assertArrayEquals(withOurFirmwareVersion(blob), keeper.permanentState());

        tpm.changes().saveState();
        byte[] savedAnew = keeper.permanentState();
        assertEquals(blob.length, savedAnew.length);
        assertFalse(Arrays.equals(blob, savedAnew));

        tpm.boot().setOrderlyState(BootState.SU_NONE);
        assertTrue(keeper.permanentState().length < blob.length - 3000);
    }

    @Test
    void leavesTheRoomsAloneWhenAStateIsRefused() {
        byte[] blob = SavedStates.read("in-use");
        blob[blob.length - 1]++;
        try {
            keeper.restore(blob);
        } catch (StateException e) {
            assertEquals(0, tpm.nv().indexCount());
            assertEquals(0, tpm.hierarchies().primarySeed(Handle.OWNER).size());
            return;
        }
        throw new AssertionError("the state was taken");
    }

    private static final class NoHost implements Host {
        @Override
        public void fillEntropy(byte[] target) {
            Arrays.fill(target, (byte) 1);
        }

        @Override
        public long monotonicMillis() {
            return 0;
        }

        @Override
        public long wallClockMillis() {
            return 0;
        }

        @Override
        public Optional<byte[]> load(StateKind kind) {
            return Optional.empty();
        }

        @Override
        public void commit(StateKind kind, byte[] blob) {
            throw new IllegalStateException("a state keeper commits nothing");
        }

        @Override
        public void delete(StateKind kind) {}
    }
}
