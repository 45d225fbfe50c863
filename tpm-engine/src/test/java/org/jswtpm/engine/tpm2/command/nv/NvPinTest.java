package org.jswtpm.engine.tpm2.command.nv;

import static org.jswtpm.engine.tpm2.command.nv.NvRequests.AUTH;
import static org.jswtpm.engine.tpm2.command.nv.NvRequests.INDEX;
import static org.jswtpm.engine.tpm2.command.nv.NvRequests.PIN_FAIL;
import static org.jswtpm.engine.tpm2.command.nv.NvRequests.PIN_PASS;
import static org.jswtpm.engine.tpm2.command.nv.NvRequests.byIndex;
import static org.jswtpm.engine.tpm2.command.nv.NvRequests.define;
import static org.jswtpm.engine.tpm2.command.nv.NvRequests.read;
import static org.jswtpm.engine.tpm2.command.nv.NvRequests.undefine;
import static org.jswtpm.engine.tpm2.command.nv.NvRequests.write;

import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.tpm2.Answer;
import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.SameAsSwtpm;
import org.jswtpm.engine.tpm2.TestCommand;
import org.jswtpm.engine.tpm2.Tpm2Fixture;
import org.jswtpm.engine.tpm2.TpmPair;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.wire.Bytes;
import org.junit.jupiter.api.Test;

/** PIN indices (Part 1, 37.2.8): auth values that may be used, or guessed, a number of times. */
class NvPinTest {
    /** OWNERWRITE, OWNERREAD, AUTHREAD, NO_DA. */
    private static final int OF_OWNER = 0x0206_0002;

    private final Tpm2Fixture tpm = Tpm2Fixture.started();

    private static TestCommand use(String password) {
        return byIndex(CommandCode.NV_READ, password).parameters("0004 0000");
    }

    /** Sets pinCount to zero. */
    private static TestCommand limit(int pinLimit) {
        return write("00000000 %08x".formatted(pinLimit), 0);
    }

    private Answer count() {
        return tpm.send(read(4, 0));
    }

    @Test
    void pinFailCountsWrongGuessesAndForgetsThemAtARightOne() {
        tpm.send(define(OF_OWNER | PIN_FAIL, 8)).isSuccess();
        tpm.send(use(AUTH)).hasCode(TpmRc.AUTH_UNAVAILABLE.session(1));
        tpm.send(limit(2)).isSuccess();
        tpm.send(use("00")).hasCode(TpmRc.BAD_AUTH.session(1));
        count().hasParameters("0004 00000001");
        tpm.send(use(AUTH)).hasParameters("0004 00000000");
        tpm.send(use("00")).hasCode(TpmRc.BAD_AUTH.session(1));
        tpm.send(use("00")).hasCode(TpmRc.BAD_AUTH.session(1));
        tpm.send(use(AUTH)).hasCode(TpmRc.AUTH_UNAVAILABLE.session(1));
        count().hasParameters("0004 00000002");
        tpm.send(limit(2)).isSuccess();
        tpm.send(use(AUTH)).isSuccess();
    }

    @Test
    void pinPassCountsRightUses() {
        tpm.send(define(OF_OWNER | PIN_PASS, 8)).isSuccess();
        tpm.send(limit(2)).isSuccess();
        tpm.send(use("00")).hasCode(TpmRc.BAD_AUTH.session(1));
        count().hasParameters("0004 00000000");
        tpm.send(use(AUTH)).hasParameters("0004 00000001");
        tpm.send(use(AUTH)).hasParameters("0004 00000002");
        tpm.send(use(AUTH)).hasCode(TpmRc.AUTH_UNAVAILABLE.session(1));
        tpm.send(limit(3)).isSuccess();
        tpm.send(use(AUTH)).isSuccess();
    }

    @Test
    void theLimitIsKeptOverAPowerCycle() {
        tpm.send(define(OF_OWNER | PIN_FAIL, 8)).isSuccess();
        tpm.send(limit(1)).isSuccess();
        tpm.send(use("00")).hasCode(TpmRc.BAD_AUTH.session(1));
        tpm.powerOn();
        tpm.send(NvRequests.clear(CommandCode.STARTUP)).isSuccess();
        tpm.send(use(AUTH)).hasCode(TpmRc.AUTH_UNAVAILABLE.session(1));
    }

    @Test
    void pinPassGivesNoTicketForItsUseInAPolicy() {
        tpm.send(define(OF_OWNER | PIN_PASS, 8)).isSuccess();
        tpm.send(limit(9)).isSuccess();
        Handle session =
                tpm.startSession(1, Digest.SHA256, Handle.NULL, Bytes.EMPTY, 0).handle();
        tpm.send(TestCommand.of(CommandCode.POLICY_SECRET)
                        .handle(INDEX)
                        .handle(session)
                        .password(AUTH)
                        .parameters("0000 0000 0000 ffffffc4"))
                .hasParameters("0000 8023 40000007 0000");
        count().hasParameters("0004 00000001");
    }

    @Test
    void noSessionIsBoundToAPin() {
        tpm.send(define(OF_OWNER | PIN_FAIL, 8)).isSuccess();
        tpm.send(limit(9)).isSuccess();
        tpm.send(TestCommand.of(CommandCode.START_AUTH_SESSION)
                        .handle(Handle.NULL)
                        .handle(INDEX)
                        .sized(Bytes.zeros(16))
                        .sized(Bytes.EMPTY)
                        .parameters("00 0010 000b"))
                .hasCode(TpmRc.HANDLE.handle(2));
    }

    @SameAsSwtpm
    void countsLikeSwtpm(TpmPair both) {
        for (int type : new int[] {PIN_FAIL, PIN_PASS}) {
            both.send(define(OF_OWNER | type, 8)).isIdentical();
            both.send(use(AUTH)).isIdentical();
            both.send(write("00000001", 0)).isIdentical();
            both.send(limit(3)).isIdentical();
            for (String password : new String[] {AUTH, "00", "00", AUTH, "00", "00", "00", AUTH, AUTH}) {
                both.send(use(password)).isIdentical();
                both.send(read(8, 0)).isIdentical();
            }
            both.send(undefine(Handle.OWNER)).isIdentical();
        }
    }
}
