package org.jswtpm.engine.tpm2.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import org.jswtpm.engine.StateException;
import org.jswtpm.engine.StateKind;
import org.jswtpm.engine.Tpm;
import org.jswtpm.engine.TpmVersion;
import org.jswtpm.engine.Tpms;
import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.TestCommand;
import org.jswtpm.engine.tpm2.TestHost;
import org.jswtpm.engine.tpm2.Tpm2Fixture;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.junit.jupiter.api.Test;

/** {@link Tpm#state} and {@link Tpm#setState}. */
class GivenStateTest {
    private static final byte[] NONE = new byte[0];
    private static final byte[] DAMAGED = {1, 2, 3};

    private final Tpm2Fixture source = Tpm2Fixture.started();
    private final SavedTpm saved = SavedTpm.of(source);
    private final TestHost host = new TestHost();
    private final Tpm target = Tpms.create(TpmVersion.TPM_2_0, host);

    private void awaitsStartup() {
        byte[] command =
                TestCommand.of(CommandCode.GET_RANDOM).parameters("0001").toArray();
        assertEquals(
                TpmRc.INITIALIZE.value(),
                ByteBuffer.wrap(target.execute(command, 0)).getInt(6));
    }

    @Test
    void isUsedOnceAndThePermanentOneIsCommitted() throws Exception {
        target.setState(StateKind.PERMANENT, saved.permanentState());
        target.setState(StateKind.VOLATILE, saved.volatileState());
        assertEquals(0, host.commits());
        target.powerOn();
        assertEquals(1, host.commits());
        assertArrayEquals(
                saved.volatileState(), target.state(StateKind.VOLATILE).orElseThrow());

        target.powerOn();
        awaitsStartup();
    }

    @Test
    void takesThePlaceOfTheHosts() throws Exception {
        host.put(StateKind.PERMANENT, saved.permanentState());
        host.put(StateKind.VOLATILE, saved.volatileState());
        target.setState(StateKind.VOLATILE, NONE);
        target.powerOn();
        awaitsStartup();
    }

    @Test
    void goesWithThePermanentStateOfTheHost() throws Exception {
        host.put(StateKind.PERMANENT, saved.permanentState());
        target.setState(StateKind.VOLATILE, saved.volatileState());
        target.powerOn();
        assertEquals(0, host.commits());
        assertArrayEquals(
                saved.volatileState(), target.state(StateKind.VOLATILE).orElseThrow());
    }

    @Test
    void isNothingWithoutAPermanentState() {
        assertThrows(StateException.class, () -> target.setState(StateKind.VOLATILE, saved.volatileState()));
        host.put(StateKind.VOLATILE, saved.volatileState());
        assertThrows(StateException.class, target::powerOn);
        assertEquals(0, host.commits());
        assertFalse(target.isOn());
    }

    @Test
    void isForgottenWithTheFirstBadOne() throws Exception {
        target.setState(StateKind.PERMANENT, saved.permanentState());
        assertThrows(StateException.class, () -> target.setState(StateKind.VOLATILE, DAMAGED));
        assertThrows(StateException.class, () -> target.setState(StateKind.VOLATILE, saved.volatileState()));
        assertThrows(StateException.class, () -> target.setState(StateKind.PERMANENT, DAMAGED));
        assertThrows(StateException.class, () -> target.setState(StateKind.SAVE_STATE, DAMAGED));
        assertEquals(0, host.commits());
    }

    @Test
    void isNotForATpmThatIsOn() throws Exception {
        target.powerOn();
        assertThrows(IllegalStateException.class, () -> target.setState(StateKind.PERMANENT, saved.permanentState()));
    }

    @Test
    void neverMakesANewTpmWhereThereIsToBeNone() throws Exception {
        target.setState(StateKind.PERMANENT, NONE);
        assertThrows(StateException.class, target::powerOn);
        assertEquals(0, host.commits());
    }

    @Test
    void isThatOfARunningTpm() throws Exception {
        assertTrue(target.state(StateKind.PERMANENT).isEmpty());
        assertTrue(target.state(StateKind.VOLATILE).isEmpty());
        target.powerOn();
        assertArrayEquals(
                host.load(StateKind.PERMANENT).orElseThrow(),
                target.state(StateKind.PERMANENT).orElseThrow());
        assertTrue(target.state(StateKind.SAVE_STATE).isEmpty());
    }

    @Test
    void ofAFailedTpmIsWhatWasCommittedLast() throws Exception {
        byte[] committed = source.host().load(StateKind.PERMANENT).orElseThrow();
        source.host().setFailing(true);
        source.send(TestCommand.of(CommandCode.SHUTDOWN).parameters("0000")).hasCode(TpmRc.FAILURE);
        assertArrayEquals(committed, source.tpm().state(StateKind.PERMANENT).orElseThrow());
    }
}
