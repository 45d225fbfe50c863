package org.jswtpm.engine.tpm2.command.hierarchy;

import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.createPrimary;

import java.util.List;
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

class HierarchyChangeAuthTest {
    private final Tpm2Fixture tpm = Tpm2Fixture.started();

    private static TestCommand changeAuth(Handle hierarchy, String password, String newAuth) {
        return TestCommand.of(CommandCode.HIERARCHY_CHANGE_AUTH)
                .handle(hierarchy)
                .password(password)
                .sized(Bytes.hex(newAuth));
    }

    @Test
    void theNewValueIsNeededFromNowOn() {
        for (Handle hierarchy : List.of(Handle.OWNER, Handle.ENDORSEMENT, Handle.PLATFORM, Handle.LOCKOUT)) {
            tpm.send(changeAuth(hierarchy, "", "0102")).isSuccess();
            tpm.send(changeAuth(hierarchy, "01", "")).hasCode(badAuth(hierarchy));
        }
        tpm.send(createPrimary(Handle.OWNER, ObjectRequests.ECC_STORAGE)).hasCode(TpmRc.BAD_AUTH.session(1));
        tpm.send(changeAuth(Handle.OWNER, "0102", "")).isSuccess();
        tpm.send(createPrimary(Handle.OWNER, ObjectRequests.ECC_STORAGE)).isSuccess();
    }

    /** Only the lockout is under the protection of the dictionary attack logic. */
    private static TpmRc badAuth(Handle hierarchy) {
        return (hierarchy.equals(Handle.LOCKOUT) ? TpmRc.AUTH_FAIL : TpmRc.BAD_AUTH).session(1);
    }

    @Test
    void zerosAtTheEndDoNotCount() {
        tpm.send(changeAuth(Handle.OWNER, "", "0a0000")).isSuccess();
        tpm.send(changeAuth(Handle.OWNER, "0a", "0000")).isSuccess();
        tpm.send(changeAuth(Handle.OWNER, "00", "")).isSuccess();
    }

    @Test
    void answersSizeForMoreThanTheLongestDigest() {
        tpm.send(changeAuth(Handle.OWNER, "", "01".repeat(64))).isSuccess();
        tpm.send(changeAuth(Handle.OWNER, "01".repeat(64), "01".repeat(65))).hasCode(TpmRc.SIZE.parameter(1));
    }

    @Test
    void allButThePlatformsValueLivesOverAPowerCycle() {
        tpm.send(changeAuth(Handle.OWNER, "", "01")).isSuccess();
        tpm.send(changeAuth(Handle.PLATFORM, "", "01")).isSuccess();
        tpm.powerOn();
        tpm.send(TestCommand.of(CommandCode.STARTUP).parameters("0000")).isSuccess();
        tpm.send(changeAuth(Handle.OWNER, "01", "")).isSuccess();
        tpm.send(changeAuth(Handle.PLATFORM, "", "")).isSuccess();
    }

    @SameAsSwtpm
    void answersLikeSwtpm(TpmPair both) {
        for (Handle hierarchy : List.of(Handle.OWNER, Handle.ENDORSEMENT, Handle.PLATFORM, Handle.LOCKOUT)) {
            both.send(changeAuth(hierarchy, "", "0102")).isIdentical();
            both.send(changeAuth(hierarchy, "0102", "0300")).isIdentical();
            both.send(changeAuth(hierarchy, "0102", "")).isIdentical();
            both.send(changeAuth(hierarchy, "03", "01".repeat(65))).isIdentical();
        }
        both.send(changeAuth(Handle.NULL, "", "")).isIdentical();
    }
}
