package org.jswtpm.engine.tpm12.state;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jswtpm.engine.StateKind;
import org.jswtpm.engine.tpm12.KeptState;
import org.jswtpm.engine.tpm12.Ordinal;
import org.jswtpm.engine.tpm12.Request;
import org.jswtpm.engine.tpm12.SameAsSwtpm12;
import org.jswtpm.engine.tpm12.Swtpm12;
import org.jswtpm.engine.tpm12.Tpm12Fixture;
import org.jswtpm.engine.tpm2.TestHost;

/**
 * A TPM that runs moves from this engine to swtpm and back, and its clients go on. The clock here stands still, years behind that
 * of swtpm: clocks of hosts differ, and nothing that a client sees depends on that.
 */
class MovingTpmTest {
    private static final StateKind[] BLOBS = {StateKind.PERMANENT, StateKind.VOLATILE, StateKind.SAVE_STATE};

    private static final long NEW_YEAR_2020 = 1_577_836_800_000L;

    private interface Source {
        Optional<byte[]> stateBlob(StateKind kind) throws IOException;
    }

    /** In the order of QEMU's requests. */
    private static Map<StateKind, byte[]> states(Source source) throws IOException {
        Map<StateKind, byte[]> states = new EnumMap<>(StateKind.class);
        for (StateKind kind : BLOBS) {
            source.stateBlob(kind).ifPresent(blob -> states.put(kind, blob));
        }
        return states;
    }

    private static Tpm12Fixture ours(TestHost host) {
        host.advance(NEW_YEAR_2020 - host.wallClockMillis());
        return Tpm12Fixture.poweredOn(host);
    }

    private static Tpm12Fixture started() {
        Tpm12Fixture ours = ours(KeptState.host());
        ours.startup(1);
        return ours;
    }

    /** A TPM here that goes on as another one. */
    private static Tpm12Fixture gone(Map<StateKind, byte[]> states) {
        Tpm12Fixture ours = ours(new TestHost());
        ours.goOnAs(states);
        return ours;
    }

    private static Swtpm12 newSwtpm() throws IOException, InterruptedException {
        return Swtpm12.powerOn(new TestHost());
    }

    @SameAsSwtpm12
    void fromHereToSwtpmAndBackByStateBlobs() throws Exception {
        Tpm12Fixture ours = started();
        BusyTpm busy = new BusyTpm(ours);
        busy.goOn(ours);
        try (Swtpm12 swtpm = newSwtpm()) {
            for (int i = 0; i < 2; i++) {
                swtpm.goOnAs(states(ours::stateBlob));
                busy.goOn(swtpm);
                ours = gone(states(swtpm::stateBlob));
                busy.goOn(ours);
            }
        }
    }

    @SameAsSwtpm12
    void fromSwtpmHereAndBackByStateBlobs() throws Exception {
        try (Swtpm12 swtpm = Swtpm12.powerOn(KeptState.host());
                Swtpm12 other = newSwtpm()) {
            swtpm.send(Request.of(Ordinal.STARTUP).u16(1)).isSuccess();
            BusyTpm busy = new BusyTpm(swtpm);
            busy.goOn(swtpm);
            Tpm12Fixture ours = gone(states(swtpm::stateBlob));
            busy.goOn(ours);
            other.goOnAs(states(ours::stateBlob));
            busy.goOn(other);
        }
    }

    /** CMD_STORE_VOLATILE, and a start on the files. */
    @SameAsSwtpm12
    void thereAndBackByFiles() throws Exception {
        Tpm12Fixture ours = started();
        BusyTpm busy = new BusyTpm(ours);
        busy.goOn(ours);
        ours.host().put(StateKind.VOLATILE, ours.stateBlob(StateKind.VOLATILE).orElseThrow());
        try (Swtpm12 swtpm = Swtpm12.powerOn(ours.host())) {
            busy.goOn(swtpm);
            TestHost host = new TestHost();
            host.put(StateKind.VOLATILE, swtpm.volatileState());
            host.put(StateKind.PERMANENT, swtpm.state(StateKind.PERMANENT));
            Tpm12Fixture again = ours(host);
            busy.goOn(again);
        }
    }

    private static TestHost copy(Source source) throws IOException {
        TestHost host = new TestHost();
        for (StateKind kind : new StateKind[] {StateKind.PERMANENT, StateKind.SAVE_STATE}) {
            host.put(kind, source.stateBlob(kind).orElseThrow());
        }
        return host;
    }

    private static List<Integer> resumeHere(BusyTpm busy, TestHost host) {
        return busy.resume(ours(host));
    }

    private static List<Integer> resumeInSwtpm(BusyTpm busy, TestHost host) throws Exception {
        try (Swtpm12 swtpm = Swtpm12.powerOn(host)) {
            return busy.resume(swtpm);
        }
    }

    /** TPM_SaveState with one, TPM_Startup(ST_STATE) with the other: the same goes on as with one alone. */
    @SameAsSwtpm12
    void resumesWhatTheOtherHasSaved() throws Exception {
        List<List<Integer>> codes = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Tpm12Fixture ours = started();
            BusyTpm busy = new BusyTpm(ours);
            busy.save(ours);
            TestHost host = copy(ours.host()::load);
            codes.add(i == 0 ? resumeHere(busy, host) : resumeInSwtpm(busy, host));
            try (Swtpm12 swtpm = Swtpm12.powerOn(KeptState.host())) {
                swtpm.send(Request.of(Ordinal.STARTUP).u16(1)).isSuccess();
                BusyTpm other = new BusyTpm(swtpm);
                other.save(swtpm);
                TestHost written = copy(kind -> Optional.of(swtpm.state(kind)));
                codes.add(i == 0 ? resumeHere(other, written) : resumeInSwtpm(other, written));
            }
        }
        List<Integer> expected = codes.get(3);
        assertEquals(List.of(expected, expected, expected, expected), codes);
        assertEquals(0, expected.get(0));
    }
}
