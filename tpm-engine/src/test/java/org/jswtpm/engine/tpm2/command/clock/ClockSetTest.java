package org.jswtpm.engine.tpm2.command.clock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.jswtpm.engine.tpm2.ClientSession;
import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.SameAsSwtpm;
import org.jswtpm.engine.tpm2.TestCommand;
import org.jswtpm.engine.tpm2.Tpm2Fixture;
import org.jswtpm.engine.tpm2.TpmClient;
import org.jswtpm.engine.tpm2.TpmPair;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** TPM2_ClockSet and TPM2_ClockRateAdjust, seen by TPM2_ReadClock. */
class ClockSetTest {
    private static final String LATER = "0000000100000000";
    private static final long LATER_MS = 0x1_0000_0000L;

    private final Tpm2Fixture tpm = Tpm2Fixture.started();

    private static TestCommand clockSet(Handle auth, String newTime) {
        return TestCommand.of(CommandCode.CLOCK_SET).handle(auth).parameters(newTime);
    }

    private static TestCommand clockRateAdjust(Handle auth, String rate) {
        return TestCommand.of(CommandCode.CLOCK_RATE_ADJUST).handle(auth).parameters(rate);
    }

    /** Clock in ms. */
    private static long clock(TpmClient tpm) {
        WireReader in = tpm.send(TestCommand.of(CommandCode.READ_CLOCK)).read();
        in.skip(Long.BYTES);
        return in.uint64();
    }

    record Fault(String name, TestCommand command, TpmRc answer) {}

    static Stream<Fault> faults() {
        Handle owner = Handle.OWNER;
        return Stream.of(
                new Fault("back", clockSet(owner, "0000000000000000").password(""), TpmRc.VALUE.parameter(1)),
                new Fault("beyond all", clockSet(owner, "ffff000000000001").password(""), TpmRc.VALUE.parameter(1)),
                new Fault("negative", clockSet(owner, "ffffffffffffffff").password(""), TpmRc.VALUE.parameter(1)),
                new Fault("cut off", clockSet(owner, "00000001000000").password(""), TpmRc.INSUFFICIENT.parameter(1)),
                new Fault("a rest", clockSet(owner, LATER + "00").password(""), TpmRc.SIZE),
                new Fault("endorsement", clockSet(Handle.ENDORSEMENT, LATER).password(""), TpmRc.VALUE.handle(1)),
                new Fault("no session", clockSet(owner, LATER), TpmRc.AUTH_MISSING),
                new Fault("wrong password", clockSet(owner, LATER).password("00aa"), TpmRc.BAD_AUTH.session(1)),
                new Fault("too fast", clockRateAdjust(owner, "04").password(""), TpmRc.VALUE.parameter(1)),
                new Fault("too slow", clockRateAdjust(owner, "fc").password(""), TpmRc.VALUE.parameter(1)),
                new Fault("no rate", clockRateAdjust(owner, "").password(""), TpmRc.INSUFFICIENT.parameter(1)),
                new Fault(
                        "rate by lockout", clockRateAdjust(Handle.LOCKOUT, "00").password(""), TpmRc.VALUE.handle(1)));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void answersFault(Fault fault) {
        tpm.host().advance(10);
        long before = clock(tpm);
        tpm.send(fault.command).hasCode(fault.answer);
        assertEquals(before, clock(tpm));
    }

    @Test
    void goesForward() {
        tpm.send(clockSet(Handle.OWNER, LATER).password("")).hasParameters("");
        assertEquals(LATER_MS, clock(tpm));
        tpm.send(clockSet(Handle.PLATFORM, LATER).password("")).isSuccess();
        tpm.host().advance(5);
        assertEquals(LATER_MS + 5, clock(tpm));
        tpm.send(clockSet(Handle.PLATFORM, "ffff000000000000").password("")).isSuccess();
    }

    @Test
    void asksForTheAuthorizationOfTheHierarchy() {
        tpm.send(TestCommand.of(CommandCode.HIERARCHY_CHANGE_AUTH)
                        .handle(Handle.OWNER)
                        .password("")
                        .parameters("0002 7077"))
                .isSuccess();
        tpm.send(clockSet(Handle.OWNER, LATER).password("")).hasCode(TpmRc.BAD_AUTH.session(1));
        tpm.send(clockSet(Handle.OWNER, LATER).password("7077")).isSuccess();
        ClientSession session = tpm.startHmacSession().auth(Bytes.hex("7077"));
        tpm.send(clockSet(Handle.OWNER, LATER).session(session)).isSuccess();
        tpm.send(clockRateAdjust(Handle.OWNER, "fd").session(session)).isSuccess();
        tpm.send(clockSet(Handle.OWNER, LATER).session(session.auth(Bytes.EMPTY)))
                .hasCode(TpmRc.BAD_AUTH.session(1));
    }

    @SameAsSwtpm
    void answersLikeSwtpm(TpmPair both) {
        both.ours().host().advance(10);
        faults().forEach(fault -> both.send(fault.command).isIdentical());
        both.send(clockSet(Handle.OWNER, LATER).password("")).isIdentical();
        both.send(clockSet(Handle.OWNER, "0000000000ffffff").password("")).isIdentical();
        for (String rate : new String[] {"fd", "fe", "ff", "00", "01", "02", "03"}) {
            both.send(clockRateAdjust(Handle.PLATFORM, rate).password("")).isIdentical();
        }
        assertTrue(clock(both.swtpm()) >= LATER_MS);
        both.send(clockSet(Handle.PLATFORM, "ffff000000000000").password("")).isIdentical();
    }

    @SameAsSwtpm
    void refusesToReadTheClockLikeSwtpm(TpmPair both) {
        TestCommand readClock = TestCommand.of(CommandCode.READ_CLOCK);
        both.succeed(readClock);
        both.refuse(readClock.parameters("00"));
        both.refuse(readClock.password(""));
        both.refuse(readClock.handle(Handle.OWNER));
    }
}
