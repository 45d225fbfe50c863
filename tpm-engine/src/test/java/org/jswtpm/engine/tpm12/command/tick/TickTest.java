package org.jswtpm.engine.tpm12.command.tick;

import static org.jswtpm.engine.tpm12.structure.TpmResult.AUTHFAIL;
import static org.jswtpm.engine.tpm12.structure.TpmResult.INVALID_KEYHANDLE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.INVALID_KEYUSAGE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import java.util.Map;
import org.jswtpm.engine.StateKind;
import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.crypto.RsaPublicKey;
import org.jswtpm.engine.crypto.RsaSignature;
import org.jswtpm.engine.tpm12.KeptState;
import org.jswtpm.engine.tpm12.Ordinal;
import org.jswtpm.engine.tpm12.Request;
import org.jswtpm.engine.tpm12.SameAsSwtpm12;
import org.jswtpm.engine.tpm12.Tpm12Client;
import org.jswtpm.engine.tpm12.Tpm12Fixture;
import org.jswtpm.engine.tpm12.structure.ReservedHandle;
import org.jswtpm.engine.tpm2.TestHost;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;
import org.junit.jupiter.api.Test;

/** TPM_GetTicks, TPM_TickStampBlob. */
class TickTest {
    private static final int TICKS_SIZE = 32;
    private static final Bytes ANTI_REPLAY = Bytes.hex("a0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3");
    private static final Bytes DIGEST = Bytes.hex("c0c1c2c3c4c5c6c7c8c9cacbcccdcecfd0d1d2d3");

    private static Request stamp(int keyHandle) {
        return Request.of(Ordinal.TICK_STAMP_BLOB)
                .handle(keyHandle)
                .bytes(ANTI_REPLAY)
                .bytes(DIGEST);
    }

    private static Request stamp(Tpm12Client tpm, int keyHandle, byte[] auth) {
        return stamp(keyHandle).auth(tpm.oiap(auth).ending());
    }

    private static byte[] withDigest(byte[] octets) {
        return Bytes.wrap(octets)
                .then(Bytes.wrap(Hasher.digest(Digest.SHA1, octets)))
                .toArray();
    }

    private static long ticksAfter(Tpm12Fixture tpm, long millis) {
        tpm.host().advance(millis);
        WireReader ticks = tpm.send(Request.of(Ordinal.GET_TICKS)).isSuccess().reader();
        ticks.skip(2);
        return ticks.uint64();
    }

    @Test
    void ticksAreMicrosecondsSincePowerOn() {
        Tpm12Fixture tpm = Tpm12Fixture.started();
        tpm.host().advance(7);
        WireReader ticks = tpm.send(Request.of(Ordinal.GET_TICKS)).isSuccess().reader();
        assertEquals(0x14, ticks.uint16());
        assertEquals(7000, ticks.uint64());
        assertEquals(1, ticks.uint16());
        assertEquals(20, ticks.remaining());
    }

    @Test
    void ticksGoOnWhenTheClockIsSetBack() {
        Tpm12Fixture tpm = Tpm12Fixture.started();
        assertEquals(7000, ticksAfter(tpm, 7));
        assertEquals(7000, ticksAfter(tpm, -3));
        assertEquals(9000, ticksAfter(tpm, 2));
        assertEquals(9000, ticksAfter(tpm, -500)); // before they began
        assertEquals(10000, ticksAfter(tpm, 1));
    }

    /** A swtpm counts microseconds, our host milliseconds; and a host's clock may be behind that of the one before. */
    @Test
    void ticksOfAMovedTpmGoOnFromThoseThatItsClientsHaveSeen() {
        Tpm12Fixture tpm = Tpm12Fixture.started();
        ticksAfter(tpm, 2508);
        String seen = "%016x".formatted(2_508_000);
        byte[] blob = tpm.stateBlob(StateKind.VOLATILE).orElseThrow();
        String state = HexFormat.of().formatHex(blob, 0, blob.length - 20); // a SHA-1 is at the end
        for (long later : new long[] {2_508_006, 9_000_000}) {
            String moved = state.replace("0014" + seen, "0014" + "%016x".formatted(later));
            assertNotEquals(state, moved);
            TestHost host = new TestHost();
            host.advance(2508);
            Tpm12Fixture other = Tpm12Fixture.poweredOn(host);
            other.goOnAs(Map.of(
                    StateKind.PERMANENT,
                    tpm.stateBlob(StateKind.PERMANENT).orElseThrow(),
                    StateKind.VOLATILE,
                    withDigest(HexFormat.of().parseHex(moved))));
            assertEquals(later, ticksAfter(other, 0));
            assertEquals(later + 4000, ticksAfter(other, 4));
        }
    }

    @Test
    void signsDigestAndTicks() {
        Tpm12Fixture tpm = KeptState.started();
        Bytes stamp = tpm.send(stamp(tpm, KeptState.SIGNING_KEY, KeptState.SIGNING))
                .isSuccess()
                .parameters();
        byte[] ticks = stamp.slice(0, TICKS_SIZE).toArray();
        byte[] digest = Hasher.digest(
                Digest.SHA1,
                Bytes.hex("0005 54535450").toArray(),
                ANTI_REPLAY.toArray(),
                Bytes.hex("00000034").toArray(),
                DIGEST.toArray(),
                ticks);
        byte[] signature = stamp.slice(TICKS_SIZE + 4, 128).toArray();
        RsaPublicKey key = RsaPublicKey.of(KeptState.SIGNING_MODULUS.toArray(), 0);
        assertTrue(RsaSignature.verifyPkcs1(key, Digest.SHA1, digest, signature));
    }

    @Test
    void answersFaults() {
        Tpm12Fixture tpm = KeptState.started();
        tpm.send(stamp(KeptState.SIGNING_KEY)).hasCode(AUTHFAIL);
        tpm.send(stamp(1)).hasCode(INVALID_KEYHANDLE);
        tpm.send(stamp(tpm, KeptState.SIGNING_KEY, KeptState.LEGACY)).hasCode(AUTHFAIL);
        tpm.send(stamp(tpm, ReservedHandle.SRK, KeptState.SRK)).hasCode(INVALID_KEYUSAGE);
    }

    @SameAsSwtpm12
    void answersLikeSwtpm() throws Exception {
        KeptState.compare(tpm -> {
            tpm.noteCode(Request.of(Ordinal.GET_TICKS));
            tpm.noteCode(Request.of(Ordinal.GET_TICKS).u8(0));
            for (int handle : new int[] {
                KeptState.SIGNING_KEY,
                KeptState.LEGACY_KEY,
                ReservedHandle.SRK,
                ReservedHandle.EK,
                ReservedHandle.OWNER,
                1
            }) {
                tpm.noteCode(stamp(handle));
                tpm.noteCode(stamp(tpm, handle, KeptState.SIGNING));
                tpm.noteCode(stamp(tpm, handle, KeptState.SRK));
            }
        });
    }
}
