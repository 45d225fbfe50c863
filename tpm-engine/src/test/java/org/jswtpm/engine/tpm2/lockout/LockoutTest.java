package org.jswtpm.engine.tpm2.lockout;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.tpm2.ClientSession;
import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.SameAsSwtpm;
import org.jswtpm.engine.tpm2.TestCommand;
import org.jswtpm.engine.tpm2.Tpm2Fixture;
import org.jswtpm.engine.tpm2.TpmPair;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.wire.Bytes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The dictionary attack logic, seen from an NV Index that it protects, and from TPM_RH_LOCKOUT. */
class LockoutTest {
    private static final Handle INDEX = new Handle(0x0180_0001);
    private static final Bytes AUTH = Bytes.hex("0a0b");
    private static final TpmRc AUTH_FAIL = TpmRc.AUTH_FAIL.session(1);

    private final Tpm2Fixture tpm = Tpm2Fixture.started();

    /** An Index of one octet that its auth value reads and writes, not exempt from the logic. */
    private static TestCommand define() {
        return TestCommand.of(CommandCode.NV_DEFINE_SPACE)
                .handle(Handle.OWNER)
                .password("")
                .sized(AUTH)
                .parameters("000e 01800001 000b 00040004 0000 0001");
    }

    private static TestCommand write() {
        return TestCommand.of(CommandCode.NV_WRITE).handle(INDEX).handle(INDEX).parameters("0001 77 0000");
    }

    private static TestCommand byLockout(CommandCode code) {
        return TestCommand.of(code).handle(Handle.LOCKOUT);
    }

    private static TestCommand lockoutCounter() {
        return TestCommand.of(CommandCode.GET_CAPABILITY).parameters("00000006 0000020e 00000001");
    }

    private void hasFailedTries(int expected) {
        tpm.send(lockoutCounter()).hasParameters("01 00000006 00000001 0000020e %08x".formatted(expected));
    }

    private void powerCycle() {
        tpm.powerOn();
        tpm.send(TestCommand.of(CommandCode.STARTUP).parameters("0000")).isSuccess();
    }

    @BeforeEach
    void defineIndex() {
        tpm.send(define()).isSuccess();
    }

    @Test
    void threeFailuresLockTheTpm() {
        for (int i = 1; i <= 3; i++) {
            tpm.send(write().password("")).hasCode(AUTH_FAIL);
            hasFailedTries(i);
        }
        tpm.send(write().password("0a0b")).hasCode(TpmRc.LOCKOUT);
        tpm.send(byLockout(CommandCode.DICTIONARY_ATTACK_LOCK_RESET).password(""))
                .isSuccess();
        tpm.send(write().password("0a0b")).isSuccess();
    }

    @Test
    void aWrongHmacIsAFailureToo() {
        ClientSession session = tpm.startHmacSession().auth(Bytes.hex("ff"));
        tpm.send(write().session(session)).hasCode(AUTH_FAIL);
        hasFailedTries(1);
    }

    @Test
    void aSessionBoundToAProtectedEntityIsProtectedWhateverItDoes() {
        ClientSession session = tpm.startSession(0, Digest.SHA256, INDEX, Bytes.hex("ff"), 0)
                .authNotIncluded()
                .attributes(ClientSession.CONTINUE | ClientSession.AUDIT);
        tpm.send(TestCommand.of(CommandCode.GET_RANDOM).session(session).parameters("0001"))
                .hasCode(AUTH_FAIL);
        hasFailedTries(1);
    }

    @Test
    void failuresOfWhatIsExemptDoNotCount() {
        tpm.send(TestCommand.of(CommandCode.CLOCK_RATE_ADJUST)
                        .handle(Handle.OWNER)
                        .password("ff")
                        .parameters("00"))
                .hasCode(TpmRc.BAD_AUTH.session(1));
        hasFailedTries(0);
    }

    @Test
    void timeHealsOneFailureAfterTheOther() {
        tpm.send(write().password("")).hasCode(AUTH_FAIL);
        tpm.send(write().password("")).hasCode(AUTH_FAIL);
        tpm.host().advance(999_999);
        hasFailedTries(2);
        tpm.host().advance(1);
        hasFailedTries(1);
        tpm.host().advance(1_000_000);
        hasFailedTries(0);
    }

    @Test
    void lockoutAuthIsLockedByOneFailureAndHealsInTime() {
        TestCommand reset = byLockout(CommandCode.DICTIONARY_ATTACK_LOCK_RESET);
        tpm.send(reset.password("ff")).hasCode(AUTH_FAIL);
        tpm.send(reset.password("")).hasCode(TpmRc.LOCKOUT);
        tpm.host().advance(1_000_000);
        tpm.send(reset.password("")).isSuccess();
    }

    @Test
    void lockoutAuthWithoutRecoveryTimeHealsAtStartup() {
        tpm.send(byLockout(CommandCode.DICTIONARY_ATTACK_PARAMETERS)
                        .password("")
                        .parameters("00000003 000003e8 00000000"))
                .isSuccess();
        TestCommand reset = byLockout(CommandCode.DICTIONARY_ATTACK_LOCK_RESET);
        tpm.send(reset.password("ff")).hasCode(AUTH_FAIL);
        tpm.host().advance(100_000_000);
        tpm.send(reset.password("")).hasCode(TpmRc.LOCKOUT);
        powerCycle();
        tpm.send(reset.password("")).isSuccess();
    }

    @Test
    void aLossOfPowerCountsIfAProtectedEntityWasUsed() {
        powerCycle();
        hasFailedTries(0);
        tpm.send(write().password("0a0b")).isSuccess();
        powerCycle();
        hasFailedTries(1);
        powerCycle();
        hasFailedTries(1);
    }

    @Test
    void anOrderlyShutdownCountsNothingUntilAProtectedEntityIsUsedAgain() {
        tpm.send(write().password("0a0b")).isSuccess();
        tpm.send(TestCommand.of(CommandCode.SHUTDOWN).parameters("0000")).isSuccess();
        powerCycle();
        hasFailedTries(0);
        tpm.send(TestCommand.of(CommandCode.SHUTDOWN).parameters("0000")).isSuccess();
        tpm.send(write().password("0a0b")).isSuccess();
        powerCycle();
        hasFailedTries(1);
    }

    @Test
    void theFirstUseAndEachFailureAreCommitted() {
        int commits = tpm.host().commits();
        tpm.send(write().password("")).hasCode(AUTH_FAIL);
        assertEquals(commits + 1, tpm.host().commits());
    }

    @SameAsSwtpm
    void answersLikeSwtpm(TpmPair both) {
        both.send(define()).isIdentical();
        // libtpms 0.9 answers RETRY to the first use, and counts from the second
        both.send(write().password("0a0b"));
        for (int i = 0; i < 4; i++) {
            both.send(write().password("ff")).isIdentical();
            both.send(lockoutCounter()).isIdentical();
        }
        both.send(write().password("0a0b")).isIdentical();
        both.send(byLockout(CommandCode.DICTIONARY_ATTACK_LOCK_RESET).password(""))
                .isIdentical();
        both.send(lockoutCounter()).isIdentical();
        both.send(byLockout(CommandCode.DICTIONARY_ATTACK_LOCK_RESET).password("ff"))
                .isIdentical();
        both.send(byLockout(CommandCode.DICTIONARY_ATTACK_LOCK_RESET).password(""))
                .isIdentical();
    }

    @SameAsSwtpm
    void takesAndRefusesParametersLikeSwtpm(TpmPair both) {
        TestCommand parameters = byLockout(CommandCode.DICTIONARY_ATTACK_PARAMETERS);
        for (String each : new String[] {
            "00000000 00000000 00000000",
            "ffffffff ffffffff ffffffff",
            "00000003 00000000 00000001",
            "00000020 00001c20 00015180"
        }) {
            both.succeed(parameters.password("").parameters(each));
            both.send(TestCommand.of(CommandCode.GET_CAPABILITY).parameters("00000006 0000020e 00000004"))
                    .isIdentical();
            both.refuseOtherLengths(parameters.password("").parameters(each));
        }
        TestCommand reset = byLockout(CommandCode.DICTIONARY_ATTACK_LOCK_RESET);
        both.refuse(reset.password("").parameters("00"));
        both.refuse(reset);
        for (CommandCode code :
                new CommandCode[] {CommandCode.DICTIONARY_ATTACK_PARAMETERS, CommandCode.DICTIONARY_ATTACK_LOCK_RESET
                }) {
            for (Handle hierarchy : new Handle[] {Handle.OWNER, Handle.PLATFORM, Handle.NULL}) {
                both.refuse(TestCommand.of(code).handle(hierarchy).password(""));
            }
        }
        both.refuse(parameters.parameters("00000003 000003e8 000003e8"));
        both.refuse(parameters.password("ff").parameters("00000003 000003e8 000003e8"));
        both.refuse(parameters.password("").parameters("00000003 000003e8 000003e8"));
        both.refuse(reset.password(""));
    }
}
