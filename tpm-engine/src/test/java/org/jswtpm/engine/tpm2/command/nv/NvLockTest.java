package org.jswtpm.engine.tpm2.command.nv;

import static org.jswtpm.engine.tpm2.command.nv.NvRequests.AUTH;
import static org.jswtpm.engine.tpm2.command.nv.NvRequests.BY_ALL;
import static org.jswtpm.engine.tpm2.command.nv.NvRequests.INDEX;
import static org.jswtpm.engine.tpm2.command.nv.NvRequests.byIndex;
import static org.jswtpm.engine.tpm2.command.nv.NvRequests.byOwner;
import static org.jswtpm.engine.tpm2.command.nv.NvRequests.clear;
import static org.jswtpm.engine.tpm2.command.nv.NvRequests.define;
import static org.jswtpm.engine.tpm2.command.nv.NvRequests.read;
import static org.jswtpm.engine.tpm2.command.nv.NvRequests.readPublic;
import static org.jswtpm.engine.tpm2.command.nv.NvRequests.undefine;
import static org.jswtpm.engine.tpm2.command.nv.NvRequests.write;

import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.SameAsSwtpm;
import org.jswtpm.engine.tpm2.TestCommand;
import org.jswtpm.engine.tpm2.Tpm2Fixture;
import org.jswtpm.engine.tpm2.TpmPair;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.junit.jupiter.api.Test;

/** TPM2_NV_WriteLock, TPM2_NV_ReadLock and TPM2_NV_GlobalWriteLock. */
class NvLockTest {
    private static final int WRITEDEFINE = 1 << 13;
    private static final int WRITE_STCLEAR = 1 << 14;
    private static final int GLOBALLOCK = 1 << 15;
    private static final int NO_DA = 1 << 25;
    private static final int READ_STCLEAR = 1 << 31;

    private static final TestCommand WRITE_LOCK = byOwner(CommandCode.NV_WRITE_LOCK);
    private static final TestCommand READ_LOCK = byOwner(CommandCode.NV_READ_LOCK);
    private static final TestCommand GLOBAL_LOCK = TestCommand.of(CommandCode.NV_GLOBAL_WRITE_LOCK)
            .handle(Handle.OWNER)
            .password("");

    private final Tpm2Fixture tpm = Tpm2Fixture.started();

    private void restart() {
        tpm.send(clear(CommandCode.SHUTDOWN)).isSuccess();
        tpm.powerOn();
        tpm.send(clear(CommandCode.STARTUP)).isSuccess();
    }

    @Test
    void writeStClearLocksUntilTheNextStart() {
        tpm.send(define(BY_ALL | WRITE_STCLEAR, 8)).isSuccess();
        tpm.send(write("01", 0)).isSuccess();
        tpm.send(WRITE_LOCK).isSuccess();
        tpm.send(WRITE_LOCK).isSuccess();
        tpm.send(write("02", 0)).hasCode(TpmRc.NV_LOCKED);
        tpm.send(read(1, 0)).hasParameters("0001 01");
        restart();
        tpm.send(write("02", 0)).isSuccess();
    }

    @Test
    void writeDefineLocksForGoodOnceItIsWritten() {
        tpm.send(define(BY_ALL | WRITEDEFINE, 8)).isSuccess();
        tpm.send(WRITE_LOCK).isSuccess();
        tpm.send(write("01", 0)).hasCode(TpmRc.NV_LOCKED);
        restart();
        tpm.send(write("01", 0)).isSuccess();
        tpm.send(WRITE_LOCK).isSuccess();
        restart();
        tpm.send(write("02", 0)).hasCode(TpmRc.NV_LOCKED);
        tpm.send(undefine(Handle.OWNER)).isSuccess();
    }

    @Test
    void readStClearLocksUntilTheNextStart() {
        tpm.send(define(BY_ALL | READ_STCLEAR, 8)).isSuccess();
        tpm.send(READ_LOCK).isSuccess();
        tpm.send(write("01", 0)).isSuccess();
        tpm.send(read(1, 0)).hasCode(TpmRc.NV_LOCKED);
        restart();
        tpm.send(read(1, 0)).hasParameters("0001 01");
    }

    @Test
    void theGlobalLockLocksWhatAsksForIt() {
        tpm.send(define(BY_ALL | GLOBALLOCK, 8)).isSuccess();
        tpm.send(GLOBAL_LOCK).isSuccess();
        tpm.send(write("01", 0)).hasCode(TpmRc.NV_LOCKED);
        restart();
        tpm.send(write("01", 0)).isSuccess();
        tpm.send(undefine(Handle.OWNER)).isSuccess();
        tpm.send(define(BY_ALL, 8)).isSuccess();
        tpm.send(GLOBAL_LOCK).isSuccess();
        tpm.send(write("01", 0)).isSuccess();
        tpm.send(TestCommand.of(CommandCode.NV_GLOBAL_WRITE_LOCK)
                        .handle(Handle.ENDORSEMENT)
                        .password(""))
                .hasCode(TpmRc.VALUE.handle(1));
    }

    @Test
    void answersFaults() {
        tpm.send(define(BY_ALL, 8)).isSuccess();
        tpm.send(WRITE_LOCK).hasCode(TpmRc.ATTRIBUTES.handle(2));
        tpm.send(READ_LOCK).hasCode(TpmRc.ATTRIBUTES.handle(2));
        tpm.send(byIndex(CommandCode.NV_WRITE_LOCK, AUTH)).hasCode(TpmRc.ATTRIBUTES.handle(2));
        tpm.send(byIndex(CommandCode.NV_WRITE_LOCK, "00")).hasCode(TpmRc.AUTH_FAIL.session(1));
        tpm.send(undefine(Handle.OWNER)).isSuccess();
        tpm.send(define(0x8004_4004, 8)).isSuccess();
        tpm.send(WRITE_LOCK).hasCode(TpmRc.NV_AUTHORIZATION);
        tpm.send(READ_LOCK).hasCode(TpmRc.NV_AUTHORIZATION);
    }

    @SameAsSwtpm
    void locksLikeSwtpm(TpmPair both) {
        for (int attributes : new int[] {
            BY_ALL,
            WRITEDEFINE | BY_ALL,
            WRITE_STCLEAR | BY_ALL,
            READ_STCLEAR | BY_ALL,
            GLOBALLOCK | BY_ALL,
            0x8004_E004
        }) {
            both.send(define(attributes, 8)).isIdentical();
            for (TestCommand command : new TestCommand[] {
                READ_LOCK,
                write("01", 0),
                READ_LOCK,
                read(1, 0),
                WRITE_LOCK,
                write("02", 0),
                GLOBAL_LOCK,
                write("03", 0)
            }) {
                both.send(command).isIdentical();
                both.send(readPublic()).isIdentical();
            }
            both.send(undefine(Handle.OWNER)).isIdentical();
        }
    }

    @SameAsSwtpm
    void refusesLikeSwtpm(TpmPair both) {
        CommandCode[] locks = {CommandCode.NV_WRITE_LOCK, CommandCode.NV_READ_LOCK};
        for (CommandCode lock : locks) {
            both.refuse(byOwner(lock));
        }
        both.succeed(define(BY_ALL | NO_DA, 8));
        for (CommandCode lock : locks) {
            both.refuse(byOwner(lock));
            both.refuse(byOwner(lock).parameters("00"));
            both.refuse(byIndex(lock, AUTH));
            both.refuse(byIndex(lock, "00"));
            both.refuse(TestCommand.of(lock).handle(INDEX).handle(INDEX));
            both.refuse(
                    TestCommand.of(lock).handle(Handle.PLATFORM).handle(INDEX).password(""));
        }
        both.succeed(undefine(Handle.OWNER));
        both.succeed(define(0x8004_4004 | NO_DA, 8));
        for (CommandCode lock : locks) {
            both.refuse(byOwner(lock));
            both.succeed(byIndex(lock, AUTH));
            both.succeed(byIndex(lock, AUTH));
        }
        TestCommand global = TestCommand.of(CommandCode.NV_GLOBAL_WRITE_LOCK);
        both.refuse(global.handle(Handle.OWNER));
        both.refuse(global.handle(Handle.OWNER).password("01"));
        both.refuse(global.handle(Handle.PLATFORM).password("").parameters("00"));
        both.refuse(global.handle(Handle.ENDORSEMENT).password(""));
        both.refuse(global.handle(INDEX).password(AUTH));
    }
}
