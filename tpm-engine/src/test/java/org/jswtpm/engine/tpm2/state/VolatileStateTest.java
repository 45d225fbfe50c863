package org.jswtpm.engine.tpm2.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import org.jswtpm.engine.StateException;
import org.jswtpm.engine.StateKind;
import org.jswtpm.engine.Tpm;
import org.jswtpm.engine.TpmVersion;
import org.jswtpm.engine.Tpms;
import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.SameAsSwtpm;
import org.jswtpm.engine.tpm2.TestCommand;
import org.jswtpm.engine.tpm2.TestHost;
import org.jswtpm.engine.tpm2.Tpm2Fixture;
import org.jswtpm.engine.tpm2.TpmPair;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;
import org.junit.jupiter.api.Test;

/** VOLATILE_STATE in octets: docs/state/tpm2-volatile.md. */
class VolatileStateTest {
    private static final int HASH = 20;
    private static final int MAGIC = 4;
    /** The size of the octets that libtpms 0.9 fills with the platform's unique details. */
    private static final int UNUSED = 36;
    /** Three indices of sessions, in a TPM that has none and no unused octets. */
    private static final int SESSION_INDICES = 3316;
    /** Blocks of versions 5 and 4, with their headers; the seeds with theirs. */
    private static final int VERSION_4 = 3 + 32 + 3;

    private static final int SEEDS = 3 * (2 + 64);
    private static final int WALL_CLOCK_FROM_END = HASH + MAGIC + VERSION_4 + SEEDS + 3 + 8;
    /** realTimePrevious and tpmTime, two flags, the rate and the wall clock. */
    private static final int COUNTED_FROM_END = WALL_CLOCK_FROM_END + 4 + 2 + 16;

    private final Tpm2Fixture tpm = Tpm2Fixture.started();
    private final TestHost targetHost = new TestHost();
    private final Tpm target = Tpms.create(TpmVersion.TPM_2_0, targetHost);

    private static TestHost hostOf(SavedTpm saved, byte[] volatileState) {
        TestHost host = new TestHost();
        host.put(StateKind.PERMANENT, saved.permanentState());
        host.put(StateKind.VOLATILE, volatileState);
        return host;
    }

    private static Tpm2Fixture resume(SavedTpm saved, byte[] volatileState) {
        return Tpm2Fixture.poweredOn(hostOf(saved, volatileState));
    }

    private void isRefused(SavedTpm saved, byte[] volatileState) {
        targetHost.put(StateKind.PERMANENT, saved.permanentState());
        assertThrows(StateException.class, () -> target.setState(StateKind.VOLATILE, volatileState));
    }

    private static byte[] withHash(byte[] blob) {
        byte[] hash = Hasher.of(Digest.SHA1).update(blob, 0, blob.length - HASH).digest();
        System.arraycopy(hash, 0, blob, blob.length - HASH, HASH);
        return blob;
    }

    /** Time in ms. */
    private static long time(Tpm2Fixture tpm) {
        WireReader in = tpm.send(TestCommand.of(CommandCode.READ_CLOCK)).read();
        return in.uint64();
    }

    @Test
    void writesTheOctetsThatItRead() {
        new BusyTpm().loadObjects(tpm);
        new BusyTpm().startSessions(tpm);
        SavedTpm saved = SavedTpm.of(tpm);
        assertArrayEquals(saved.volatileState(), SavedTpm.of(saved.resumeHere()).volatileState());
    }

    @Test
    void endsWithTheHashOfAllBefore() throws Exception {
        byte[] blob = SavedTpm.of(tpm).volatileState();
        byte[] hash = MessageDigest.getInstance("SHA-1").digest(Arrays.copyOf(blob, blob.length - HASH));
        assertArrayEquals(hash, Arrays.copyOfRange(blob, blob.length - HASH, blob.length));
    }

    /** Apart from what libtpms does not read: details of the platform, and the sessions of the last command. */
    @SameAsSwtpm
    void writesTheOctetsOfSwtpm(TpmPair both) throws Exception {
        SavedTpm saved = SavedTpm.of(both.swtpm());
        byte[] ours = SavedTpm.of(saved.resumeHere()).volatileState();
        byte[] theirs = withoutUnused(saved.volatileState());
        int wallClock = theirs.length - WALL_CLOCK_FROM_END;
        for (byte[] blob : new byte[][] {ours, theirs}) {
            Arrays.fill(blob, SESSION_INDICES, SESSION_INDICES + 12, (byte) 0);
            Arrays.fill(blob, wallClock, wallClock + Long.BYTES, (byte) 0);
            withHash(blob);
        }
        assertEquals(Bytes.wrap(theirs), Bytes.wrap(ours));
    }

    private static byte[] withoutUnused(byte[] blob) {
        int size = ByteBuffer.wrap(blob).getShort(UNUSED);
        byte[] shorter = Arrays.copyOf(blob, blob.length - size);
        System.arraycopy(blob, UNUSED + 2 + size, shorter, UNUSED + 2, shorter.length - UNUSED - 2);
        shorter[UNUSED] = 0;
        shorter[UNUSED + 1] = 0;
        return shorter;
    }

    @Test
    void isRefusedWhenItIsCutOff() {
        SavedTpm saved = SavedTpm.of(tpm);
        for (int length = 1; length < saved.volatileState().length; length++) {
            isRefused(saved, Arrays.copyOf(saved.volatileState(), length));
        }
    }

    /** A hash that fits does not make it good: some of these are refused, and with none a command crashes. */
    @Test
    void isRefusedWhenItIsCutOffWithAHashThatFits() {
        SavedTpm saved = SavedTpm.of(tpm);
        for (int length = HASH + 1; length < saved.volatileState().length; length++) {
            isRefused(saved, withHash(Arrays.copyOf(saved.volatileState(), length)));
        }
    }

    @Test
    void isRefusedWhenAnOctetIsChanged() {
        SavedTpm saved = SavedTpm.of(tpm);
        for (int i = 0; i < saved.volatileState().length; i++) {
            byte[] changed = saved.volatileState().clone();
            changed[i] ^= 0x40;
            isRefused(saved, changed);
        }
    }

    @Test
    void neverCrashesOnAChangedOctetBelowAHashThatFits() {
        new BusyTpm().startSequences(tpm);
        new BusyTpm().startSessions(tpm);
        SavedTpm saved = SavedTpm.of(tpm);
        int good = 0;
        for (int i = 0; i < saved.volatileState().length - HASH; i++) {
            byte[] changed = saved.volatileState().clone();
            changed[i] ^= (byte) (1 << i % 8);
            good += survives(saved, withHash(changed)) ? 1 : 0;
        }
        assertTrue(good > 1000, "hashes and PCRs have no wrong octets");
    }

    private boolean survives(SavedTpm saved, byte[] blob) {
        targetHost.put(StateKind.PERMANENT, saved.permanentState());
        targetHost.put(StateKind.VOLATILE, blob);
        try {
            target.powerOn();
        } catch (StateException e) {
            return false;
        }
        target.execute(TestCommand.of(CommandCode.READ_CLOCK).toArray(), 0);
        target.execute(
                TestCommand.of(CommandCode.GET_CAPABILITY)
                        .parameters("00000001 02000000 00000010")
                        .toArray(),
                0);
        target.execute(
                TestCommand.of(CommandCode.FLUSH_CONTEXT).parameters("80000001").toArray(), 0);
        target.execute(TestCommand.of(CommandCode.SHUTDOWN).parameters("0001").toArray(), 0);
        return true;
    }

    @Test
    void belongsToItsPermanentState() {
        SavedTpm saved = SavedTpm.of(tpm);
        Tpm2Fixture other = Tpm2Fixture.poweredOn();
        other.send(TestCommand.of(CommandCode.STARTUP).parameters("0000")).isSuccess();
        other.send(TestCommand.of(CommandCode.CLEAR).handle(Handle.PLATFORM).password(""))
                .isSuccess();
        SavedTpm cleared = SavedTpm.of(other);
        isRefused(cleared, saved.volatileState());
    }

    @Test
    void readsVersion3WhoseTimesAreThoseOfTheWallClock() {
        SavedTpm saved = SavedTpm.of(tpm);
        byte[] blob = cut(saved.volatileState(), 3, VERSION_4 - 3);
        assertEquals(1_000_000_000_000L + 5_000, timeOnResume(saved, blob, 5_000));
    }

    @Test
    void readsVersion2WithoutSeeds() {
        SavedTpm saved = SavedTpm.of(tpm);
        byte[] blob = cut(saved.volatileState(), 2, VERSION_4 + SEEDS);
        assertEquals(1_000_000_000_000L + 7, timeOnResume(saved, blob, 7));
    }

    @Test
    void readsVersion1WithoutBlocksForLaterOnes() {
        SavedTpm saved = SavedTpm.of(tpm);
        byte[] version2 = cut(saved.volatileState(), 1, VERSION_4 + SEEDS);
        int end = version2.length - HASH - MAGIC - 3;
        ByteBuffer blob = ByteBuffer.allocate(version2.length - 2 - 3);
        blob.put(version2, 0, 6).put(version2, 8, end - 8).putInt(0x4563_7889);
        assertEquals(1_000_000_000_000L, timeOnResume(saved, blob.array(), 0));
    }

    /** The blob as an older version: without so many octets before the end of the outermost block. */
    private static byte[] cut(byte[] blob, int version, int octets) {
        int end = blob.length - HASH - MAGIC;
        ByteBuffer shorter = ByteBuffer.allocate(blob.length - octets);
        shorter.put(blob, 0, end - octets).putInt(0x4563_7889);
        shorter.putShort(0, (short) version);
        int block = blob.length - WALL_CLOCK_FROM_END + Long.BYTES;
        shorter.putShort(block + 1, (short) (end - octets - block - 3));
        if (octets == VERSION_4 - 3) {
            shorter.putShort(block + 3 + SEEDS + 1, (short) 0);
        }
        return shorter.array();
    }

    /** Time after a resume that comes {@code later} ms after the blob, which says that it is of 10^12 ms. */
    private static long timeOnResume(SavedTpm saved, byte[] blob, long later) {
        long then = 1_000_000_000_000L;
        int counted = saved.volatileState().length - COUNTED_FROM_END;
        ByteBuffer octets = ByteBuffer.wrap(blob);
        int header = octets.getShort(0) == 1 ? 6 : 8;
        octets.putLong(header + 4, then);
        octets.putLong(counted + header - 8, then).putLong(counted + header, then);
        octets.putLong(saved.volatileState().length - WALL_CLOCK_FROM_END + header - 8, then);
        TestHost host = hostOf(saved, withHash(blob));
        host.advance(then + later - host.wallClockMillis());
        return time(Tpm2Fixture.poweredOn(host));
    }

    @Test
    void readsANewerVersionThatAllowsIt() {
        SavedTpm saved = SavedTpm.of(tpm);
        byte[] blob = saved.volatileState();
        byte[] longer = Arrays.copyOf(blob, blob.length + 5);
        longer[1] = 5;
        assertEquals(time(tpm), time(resume(saved, withHash(longer))));
        longer[7] = 5;
        isRefused(saved, withHash(longer));
    }

    @Test
    void countsTheTimeInWhichItWasOnItsWay() {
        tpm.host().advance(700);
        long before = time(tpm);
        SavedTpm saved = SavedTpm.of(tpm);
        TestHost host = hostOf(saved, saved.volatileState());
        host.advance(tpm.host().wallClockMillis() - host.wallClockMillis() + 60_000);
        Tpm2Fixture target = Tpm2Fixture.poweredOn(host);
        host.advance(5);
        assertEquals(before + 60_005, time(target));
        SavedTpm again = SavedTpm.of(target);
        assertEquals(before + 60_005, time(again.resumeHere()), "a wall clock that is behind takes nothing away");
    }

    @Test
    void goesOnWithTheSequenceOfThePlatform() {
        tpm.tpm().hashStart();
        tpm.tpm().hashData(new byte[] {1, 2, 3}, 0, 2);
        Tpm2Fixture target = SavedTpm.of(tpm).resumeHere();
        assertTrue(target.tpm().isEstablished());
        for (Tpm2Fixture each : new Tpm2Fixture[] {tpm, target}) {
            each.tpm().hashData(new byte[] {3}, 0, 1);
            each.tpm().hashEnd();
        }
        new Twins(tpm, target)
                .send(TestCommand.of(CommandCode.PCR_READ).parameters("00000001 000b 03 000002"))
                .isSuccess();
    }

    @Test
    void staysInFailureMode() {
        tpm.tpm().enterFailureMode();
        Tpm2Fixture target = SavedTpm.of(tpm).resumeHere();
        Twins both = new Twins(tpm, target);
        both.send(TestCommand.of(CommandCode.GET_RANDOM).parameters("0001")).hasCode(TpmRc.FAILURE);
        both.send(TestCommand.of(CommandCode.GET_TEST_RESULT)).isSuccess();
    }

    /** libtpms restores what this octet says, and takes every value but zero for yes. */
    @Test
    void isInFailureModeIfOneOctetSaysSo() throws StateException {
        SavedTpm saved = SavedTpm.of(tpm);
        byte[] blob = saved.volatileState();
        blob[SavedFailure.offset(blob)] = (byte) 0x80;
        Tpm2Fixture target = resume(saved, withHash(blob));
        target.send(TestCommand.of(CommandCode.GET_RANDOM).parameters("0001")).hasCode(TpmRc.FAILURE);
        target.tpm().powerOff();
        target.tpm().setState(StateKind.VOLATILE, new byte[0]);
        target.powerOn();
        target.send(TestCommand.of(CommandCode.STARTUP).parameters("0000")).isSuccess();
    }

    @Test
    void waitsForItsStartup() {
        Tpm2Fixture target = SavedTpm.of(Tpm2Fixture.poweredOn()).resumeHere();
        target.send(TestCommand.of(CommandCode.GET_RANDOM).parameters("0001")).hasCode(TpmRc.INITIALIZE);
        target.send(TestCommand.of(CommandCode.STARTUP).parameters("0000")).isSuccess();
    }

    /** A guest that has just reset its machine: the sessions of before are named by the saved state alone. */
    @Test
    void waitsForAStartupThatGoesOnWithTheSavedState() {
        new BusyTpm().startSessions(tpm);
        tpm.send(TestCommand.of(CommandCode.SHUTDOWN).parameters("0001")).isSuccess();
        tpm.powerOn();
        Twins both = new Twins(tpm, SavedTpm.of(tpm).resumeHere());
        both.send(TestCommand.of(CommandCode.STARTUP).parameters("0001")).isSuccess();
        both.send(TestCommand.of(CommandCode.GET_CAPABILITY).parameters("00000001 03000000 00000010"))
                .isSuccess();
    }
}
