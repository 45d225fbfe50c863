package org.jswtpm.engine.tpm2.command.hierarchy;

import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.createPrimary;
import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.flush;
import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.readPublic;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.jswtpm.engine.tpm2.Answer;
import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.SameAsSwtpm;
import org.jswtpm.engine.tpm2.TestCommand;
import org.jswtpm.engine.tpm2.Tpm2Fixture;
import org.jswtpm.engine.tpm2.TpmPair;
import org.jswtpm.engine.tpm2.command.object.ObjectRequests;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.wire.Bytes;
import org.junit.jupiter.api.Test;

class ClearTest {
    private static final Handle PERSISTENT = new Handle(0x8100_0001);

    private final Tpm2Fixture tpm = Tpm2Fixture.started();

    private static TestCommand clear(Handle auth, String password) {
        return TestCommand.of(CommandCode.CLEAR).handle(auth).password(password);
    }

    private static TestCommand clearControl(Handle auth, String disable) {
        return TestCommand.of(CommandCode.CLEAR_CONTROL)
                .handle(auth)
                .password("")
                .parameters(disable);
    }

    private static TestCommand changeAuth(Handle hierarchy, String password, String newAuth) {
        return TestCommand.of(CommandCode.HIERARCHY_CHANGE_AUTH)
                .handle(hierarchy)
                .password(password)
                .sized(Bytes.hex(newAuth));
    }

    private static TestCommand persist(Handle object) {
        return TestCommand.of(CommandCode.EVICT_CONTROL)
                .handle(Handle.OWNER)
                .handle(object)
                .password("")
                .parameters(PERSISTENT.asName());
    }

    /** The octets of a new key's response; equal for equal seeds. */
    private Bytes keyOf(Handle hierarchy) {
        Answer answer = tpm.send(createPrimary(hierarchy, ObjectRequests.ECC_SIGN));
        tpm.send(flush(answer.handle())).isSuccess();
        Bytes parameters = answer.parameters();
        return parameters.slice(parameters.size() - 34, 34);
    }

    @Test
    void givesTheOwnerANewSeedAndLeavesTheOthers() {
        Bytes owner = keyOf(Handle.OWNER);
        Bytes endorsement = keyOf(Handle.ENDORSEMENT);
        Bytes platform = keyOf(Handle.PLATFORM);
        tpm.send(clear(Handle.LOCKOUT, "")).isSuccess();
        assertNotEquals(owner, keyOf(Handle.OWNER));
        assertEquals(endorsement, keyOf(Handle.ENDORSEMENT));
        assertEquals(platform, keyOf(Handle.PLATFORM));
    }

    @Test
    void removesTheObjectsOfOwnerAndEndorsement() {
        Handle owner = tpm.send(createPrimary(Handle.OWNER, ObjectRequests.ECC_STORAGE))
                .handle();
        tpm.send(persist(owner)).isSuccess();
        Handle endorsement = tpm.send(createPrimary(Handle.ENDORSEMENT, ObjectRequests.ECC_STORAGE))
                .handle();
        Handle platform = tpm.send(createPrimary(Handle.PLATFORM, ObjectRequests.ECC_STORAGE))
                .handle();
        tpm.send(clear(Handle.PLATFORM, "")).isSuccess();
        tpm.send(readPublic(owner)).hasCode(TpmRc.REFERENCE_H0);
        tpm.send(readPublic(endorsement)).hasCode(TpmRc.REFERENCE_H0);
        tpm.send(readPublic(PERSISTENT)).hasCode(TpmRc.HANDLE.handle(1));
        tpm.send(readPublic(platform)).isSuccess();
    }

    @Test
    void takesTheAuthValuesAway() {
        for (Handle hierarchy : new Handle[] {Handle.OWNER, Handle.ENDORSEMENT, Handle.LOCKOUT, Handle.PLATFORM}) {
            tpm.send(changeAuth(hierarchy, "", "0102")).isSuccess();
        }
        tpm.send(clear(Handle.LOCKOUT, "0102")).isSuccess();
        tpm.send(changeAuth(Handle.OWNER, "", "")).isSuccess();
        tpm.send(changeAuth(Handle.ENDORSEMENT, "", "")).isSuccess();
        tpm.send(changeAuth(Handle.LOCKOUT, "", "")).isSuccess();
        tpm.send(changeAuth(Handle.PLATFORM, "", "")).hasCode(TpmRc.BAD_AUTH.session(1));
    }

    @Test
    void answersDisabledAfterClearControl() {
        tpm.send(clearControl(Handle.LOCKOUT, "01")).isSuccess();
        tpm.send(clear(Handle.LOCKOUT, "")).hasCode(TpmRc.DISABLED);
        tpm.send(clear(Handle.PLATFORM, "")).hasCode(TpmRc.DISABLED);
        tpm.send(clearControl(Handle.LOCKOUT, "00")).hasCode(TpmRc.AUTH_FAIL);
        tpm.send(clearControl(Handle.PLATFORM, "00")).isSuccess();
        tpm.send(clear(Handle.LOCKOUT, "")).isSuccess();
    }

    /** TPM_PT_PERMANENT, then the parameters of the dictionary attack logic, then the clock. */
    private static void compare(TpmPair both) {
        both.send(TestCommand.of(CommandCode.GET_CAPABILITY).parameters("00000006 00000200 00000002"))
                .isIdentical();
        both.send(TestCommand.of(CommandCode.GET_CAPABILITY).parameters("00000006 0000020e 00000004"))
                .isIdentical();
    }

    @SameAsSwtpm
    void leavesTheStateThatSwtpmLeaves(TpmPair both) {
        both.send(TestCommand.of(CommandCode.DICTIONARY_ATTACK_PARAMETERS)
                        .handle(Handle.LOCKOUT)
                        .password("")
                        .parameters("00000007 00000008 00000009"))
                .isIdentical();
        both.send(changeAuth(Handle.OWNER, "", "01")).isIdentical();
        both.send(clearControl(Handle.LOCKOUT, "01")).isIdentical();
        compare(both);
        both.send(clear(Handle.LOCKOUT, "")).isIdentical();
        both.send(clearControl(Handle.LOCKOUT, "00")).isIdentical();
        both.send(clearControl(Handle.PLATFORM, "00")).isIdentical();
        both.send(clearControl(Handle.OWNER, "00")).isIdentical();
        both.send(clearControl(Handle.PLATFORM, "02")).isIdentical();
        both.send(clear(Handle.OWNER, "")).isIdentical();
        both.send(clear(Handle.LOCKOUT, "")).isIdentical();
        compare(both);
    }

    @SameAsSwtpm
    void refusesLikeSwtpm(TpmPair both) {
        TestCommand clear = TestCommand.of(CommandCode.CLEAR);
        TestCommand control = TestCommand.of(CommandCode.CLEAR_CONTROL);
        both.refuse(clear.handle(Handle.PLATFORM));
        both.refuse(clear.handle(Handle.PLATFORM).password("01"));
        both.refuse(clear.handle(Handle.LOCKOUT).password("").parameters("00"));
        both.refuse(control.handle(Handle.PLATFORM).parameters("01"));
        both.refuse(control.handle(Handle.PLATFORM).password("01").parameters("01"));
        both.refuse(control.handle(Handle.NULL).password("").parameters("01"));
        both.refuseOtherLengths(clearControl(Handle.PLATFORM, "01"));
        both.succeed(TestCommand.of(CommandCode.HIERARCHY_CONTROL)
                .handle(Handle.PLATFORM)
                .password("")
                .parameters("4000000c 00"));
        both.refuse(clear(Handle.PLATFORM, ""));
        both.refuse(clearControl(Handle.PLATFORM, "01"));
        both.succeed(clearControl(Handle.LOCKOUT, "01"));
        both.refuse(clear(Handle.LOCKOUT, ""));
        both.refuse(clear(Handle.LOCKOUT, "01"));
        both.refuse(clear(Handle.LOCKOUT, ""));
    }
}
